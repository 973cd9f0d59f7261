"""What is known of a source: the encoder's states, the bridge to the decoder, and the attention."""
import torch
from cells import Cell, Part


class Encoder:
    """A source's h_1 ... h_S, its q, and what the bridge `copy` takes of each layer."""

    def __init__(self, arrays, settings):
        self.residual = settings.residual == "true"
        self.layers = [
            {
                direction: Cell(
                    arrays, f"encoder.{layer}.{direction}", settings,
                    known=settings.D if layer else settings.E)
                for direction in settings.directions
            }
            for layer in range(settings.L)
        ]

    def read(self, z):
        finals = []
        for number, cells in enumerate(self.layers):
            sides, ends = [], []
            for direction, cell in cells.items():
                states, state = [], cell.zeros
                for z_j in z if direction == "forward" else z.flip(0):
                    state = cell.step(z_j, state)
                    states.append(state[0])
                sides.append(torch.stack(states if direction == "forward" else states[::-1]))
                ends.append(state)
            h = torch.cat(sides, 1)
            if self.residual and number > 0:
                h = h + z
            finals.append(tuple(torch.cat(parts) for parts in zip(*ends)))
            z = h
        return z, self.ends_of(z), finals

    def ends_of(self, h):
        """q: of the last layer's h, the forward part at the end and the backward part at the start"""
        directions = list(self.layers[-1])
        parts = h.chunk(len(directions), 1)
        ends = {"forward": -1, "backward": 0}
        return torch.cat([part[ends[name]] for name, part in zip(directions, parts)])


class Bridge(Part):
    """The first states of the decoder's layers."""

    def __init__(self, arrays, settings):
        super().__init__(arrays, "bridge")
        self.kind, self.M, self.H = settings.bridge, settings.M, settings.H
        self.is_bidirectional = settings.enc_type == "bidirectional"

    def states(self, h, q, finals):
        zeros = torch.zeros(self.H, dtype=h.dtype)
        if self.kind == "copy":
            return finals
        if self.kind == "zero":
            return [(zeros, zeros)] * self.M
        if self.kind == "mean":
            summary = h.mean(0)
        else:
            summary = q.chunk(2)[1] if self.is_bidirectional else q
        s = torch.tanh(summary @ self.W_0 + self.b_0)
        return [(layer, zeros) for layer in s.chunk(self.M)]


class Attention(Part):
    """The contexts c_i of one source."""

    def __init__(self, arrays, settings, h, q):
        super().__init__(arrays, "attention")
        self.settings, self.h, self.q = settings, h, q
        self.coverage = torch.zeros_like(h[:, 0])

    def scores(self, s):
        match self.settings.attention:
            case "additive":
                inner = s @ self.W + self.h @ self.U + self.b
                if self.settings.coverage == "true":
                    inner = inner + self.coverage[:, None] * self.w_c
                return torch.tanh(inner) @ self.v
            case "dot":
                return self.h @ s
            case "scaled-dot":
                return self.h @ s / self.settings.D**0.5
            case "general":
                return (self.h @ self.U) @ s
            case "location":
                return (s @ self.W)[: len(self.h)]

    def weights(self, s):
        e = self.scores(s)
        if self.settings.R == 0:
            return torch.softmax(e, 0)
        p = len(e) * torch.sigmoid(torch.tanh(s @ self.W_p) @ self.v_p)
        j = torch.arange(len(e), dtype=e.dtype)
        inside = (p - self.settings.R <= j) & (j <= p + self.settings.R)
        a = torch.softmax(torch.where(inside, e, -torch.inf), 0)
        return a * torch.exp(-2 * (j - p) ** 2 / self.settings.R**2)

    def context(self, s):
        if self.settings.attention == "none":
            return self.q if self.settings.C else self.q[:0]
        a = self.weights(s)
        self.coverage = self.coverage + a
        return a @ self.h
