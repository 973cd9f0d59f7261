#!/usr/bin/env python3
"""A second opinion on the models: the losses of pairs, computed in PyTorch from a model file.

    losses.py MODEL.safetensors PAIRS.tsv > LOSSES.tsv

A row of PAIRS.tsv holds the ids of a source and those of a target, separated by spaces, with a tab
between; <s> is put before the target here, </s> is written out. A row of LOSSES.tsv holds -ln p of
every target token, in double precision.

This and the modules beside it were written from the section MODEL of huaben-formats(5) alone, whose
names and letters they use: one pair at a time, one step after the other, each equation as it stands
there. They need torch and safetensors from PyPI.
"""
import sys

from decoder import Decoder, Output
from encoder import Attention, Bridge, Encoder
from modelfile import read

BOS = 2


class Model:
    def __init__(self, arrays, settings):
        self.arrays, self.settings = arrays, settings
        self.encoder = Encoder(arrays, settings)
        self.bridge = Bridge(arrays, settings)
        self.decoder = Decoder(arrays, settings)
        self.output = Output(arrays, settings)

    def losses(self, source, target):
        embedding = self.arrays["embedding"]
        x = self.arrays.get("source.embedding", embedding)[source[-self.settings.P :]]
        h, q, finals = self.encoder.read(x)
        attention = Attention(self.arrays, self.settings, h, q)
        inputs = embedding[[BOS] + target[:-1]]
        ts = self.decoder.run(inputs, attention, self.bridge.states(h, q, finals))
        return [-self.output.log_probability(t, gold).item() for t, gold in zip(ts, target)]


def main():
    model = Model(*read(sys.argv[1]))
    for line in open(sys.argv[2]):
        source, target = ([int(id) for id in side.split()] for side in line.split("\t"))
        print("\t".join(f"{loss:.9f}" for loss in model.losses(source, target)))


main()
