#!/usr/bin/env python3
"""A second opinion on the model: the losses of pairs, computed in PyTorch from a model file.

    losses.py MODEL.safetensors PAIRS.tsv > LOSSES.tsv

A row of PAIRS.tsv holds the ids of a source and those of a target, separated by spaces, with a tab
between; <s> is put before the target here, </s> is written out. A row of LOSSES.tsv holds -ln p of
every target token. Written from huaben-formats(5) alone; needs torch and safetensors from PyPI.
"""
import sys

import torch
from safetensors import safe_open

BOS = 2


class LSTM:
    """[i f g o] = x W + h U + b;  c' = sigmoid(f) c + sigmoid(i) tanh(g);  h' = sigmoid(o) tanh(c')"""

    def __init__(self, arrays, prefix):
        self.W, self.U, self.b = (arrays[f"{prefix}.{name}"] for name in ("W", "U", "b"))

    def step(self, x, h, c):
        i, f, g, o = (x @ self.W + h @ self.U + self.b).chunk(4)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(c), c

    def run(self, xs):
        h = c = torch.zeros(self.U.shape[0], dtype=self.U.dtype)
        states = []
        for x in xs:
            h, c = self.step(x, h, c)
            states.append(h)
        return torch.stack(states)


def losses(p, source, target):
    E = p["embedding"]
    forward = LSTM(p, "encoder.0.forward").run(E[source])
    backward = LSTM(p, "encoder.0.backward").run(E[source].flip(0)).flip(0)
    h = torch.cat([forward, backward], 1)
    keys = h @ p["attention.U"] + p["attention.b"]
    s = torch.tanh(h.mean(0) @ p["bridge.W_0"] + p["bridge.b_0"])
    c, decoder, result = torch.zeros_like(s), LSTM(p, "decoder.0"), []
    for previous, gold in zip([BOS] + target, target):
        y = E[previous]
        weights = torch.softmax(torch.tanh(s @ p["attention.W"] + keys) @ p["attention.v"], 0)
        context = weights @ h
        s, c = decoder.step(torch.cat([y, context]), s, c)
        t = torch.tanh(torch.cat([s, y, context]) @ p["readout.R"] + p["readout.b_r"])
        result.append(-torch.log_softmax(t @ E.T + p["output.b_o"], 0)[gold].item())
    return result


def main():
    with safe_open(sys.argv[1], "pt") as file:
        arrays = {name: file.get_tensor(name).double() for name in file.keys()}
    for line in open(sys.argv[2]):
        source, target = ([int(id) for id in side.split()] for side in line.split("\t"))
        print("\t".join(f"{loss:.9f}" for loss in losses(arrays, source, target)))


main()
