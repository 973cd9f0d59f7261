"""The steps along a target: decoder, readout and output layer."""
import torch
from cells import Cell, Part


class Decoder:
    """The steps along a target."""

    def __init__(self, arrays, settings):
        self.settings = settings
        self.layers = [
            Cell(arrays, f"decoder.{layer}", settings, known=0 if layer else settings.E)
            for layer in range(settings.M)
        ]
        self.readout = Readout(arrays, settings)

    def run(self, inputs, attention, states):
        """t_i for every E y_{i-1} of `inputs`, from the layers' first states."""
        settings, states, results = self.settings, list(states), []
        t = torch.zeros(settings.E, dtype=inputs.dtype)
        for y in inputs:
            x = [y]
            if settings.is_context_fed:
                context = attention.context(states[-1][0])
                x.append(context)
            if settings.input_feeding == "true":
                x.append(t)
            states[0] = self.layers[0].step(torch.cat(x), states[0])
            o = states[0][0]
            for layer in range(1, settings.M):
                states[layer] = self.layers[layer].step(o, states[layer])
                below, o = o, states[layer][0]
                if settings.residual == "true":
                    o = o + below
            if not settings.is_context_fed:
                context = attention.context(states[-1][0])
            t = self.readout(o, y, context)
            results.append(t)
        return results


class Readout(Part):
    """t_i from the decoder's output, the embedding and the context."""

    def __init__(self, arrays, settings):
        super().__init__(arrays, "readout")
        self.kind = settings.readout

    def __call__(self, o, y, context):
        u = torch.cat([o, y, context]) @ self.R + self.b_r
        return torch.tanh(u) if self.kind == "tanh" else u.view(-1, 2).amax(1)


class Output(Part):
    """ln p of a token, by the full softmax or by head and tails."""

    def __init__(self, arrays, settings):
        super().__init__(arrays, "output")
        self.settings = settings
        table = self.O if settings.embeddings == "untied" else arrays["embedding"][: settings.K]
        self.head, self.head_b = table, self.b_o
        if settings.tails:
            self.head = torch.cat([table, self.cluster])
            self.head_b = torch.cat([self.b_o, self.cluster_b])

    def log_probability(self, t, k):
        q = torch.log_softmax(t @ self.head.T + self.head_b, 0)
        if k < self.settings.K:
            return q[k]
        for j, (m, end) in enumerate(self.settings.tails, 1):
            if m <= k < end:
                tail = Part(self.arrays, f"output.tail.{j}")
                inside = torch.log_softmax((t @ tail.P) @ tail.O.T + tail.b, 0)
                return q[self.settings.K + j - 1] + inside[k - m]
