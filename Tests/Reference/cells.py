"""The recurrent cells, and what all parts of the model have in common."""
import torch


class Part:
    """Some of the arrays, each called by the last part of its name."""

    def __init__(self, arrays, prefix):
        self.arrays, self.prefix = arrays, prefix

    def __getattr__(self, name):
        return self.arrays[f"{self.prefix}.{name}"]


def norm(z):
    return (z - z.mean()) / torch.sqrt(z.var(correction=0) + 0.00001)


class Cell(Part):
    """One step of a layer; the first `known` numbers of its input are known before the first step.

    A state is the pair of h and c; c stays as it is in an rnn and a gru.
    """

    def __init__(self, arrays, prefix, settings, known):
        super().__init__(arrays, prefix)
        self.kind, self.known = settings.cell, known
        self.width = self.U.shape[0]
        self.is_normalized = settings.layer_normalization == "true"
        self.zeros = (torch.zeros_like(self.b[: self.width]), torch.zeros_like(self.b[: self.width]))

    def before(self, k):
        """K"""
        if self.known == 0:
            return torch.zeros_like(self.b)
        K = k @ self.W[: self.known]
        return self.g_W * norm(K) if self.is_normalized else K

    def during(self, e, h, gates=slice(None)):
        """J with these columns alone"""
        J = e @ self.W[self.known :, gates] + h @ self.U[:, gates]
        return self.g_U[gates] * norm(J) if self.is_normalized else J

    def step(self, x, state):
        K, e, (h, c) = self.before(x[: self.known]), x[self.known :], state
        if self.kind == "rnn":
            return torch.tanh(K + self.during(e, h) + self.b), c
        if self.kind == "lstm":
            i, f, g, o = (K + self.during(e, h) + self.b).chunk(4)
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            return torch.sigmoid(o) * torch.tanh(c), c
        rz, n = slice(0, 2 * self.width), slice(2 * self.width, None)
        r, z = torch.sigmoid(K[rz] + self.during(e, h, rz) + self.b[rz]).chunk(2)
        new = torch.tanh(K[n] + self.during(e, r * h, n) + self.b[n])
        return z * h + (1 - z) * new, c
