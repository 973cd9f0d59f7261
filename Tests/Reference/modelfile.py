"""The model file: metadata, sizes, tensors and checksums."""
import zlib
from itertools import pairwise

from safetensors import safe_open

VALUES = {
    "format": {"huaben-model"},
    "format_version": {"2"},
    "cell": {"rnn", "lstm", "gru"},
    "enc_type": {"bidirectional", "unidirectional"},
    "reverse_source": {"true", "false"},
    "residual": {"true", "false"},
    "layer_normalization": {"true", "false"},
    "attention": {"additive", "dot", "general", "scaled-dot", "location", "none"},
    "attention_state": {"previous", "current"},
    "coverage": {"true", "false"},
    "fixed_context": {"every-step", "first-state"},
    "input_feeding": {"true", "false"},
    "bridge": {"mean", "last-backward", "zero", "copy"},
    "readout": {"tanh", "maxout"},
    "embeddings": {"tied", "untied"},
    "source": {"previous-sentences", "pairs"},
}


class Settings:
    """What the metadata say, and the sizes that follow from them."""

    def __init__(self, metadata):
        for name, values in VALUES.items():
            if metadata[name] not in values:
                raise ValueError(f"{name} is {metadata[name]!r}")
        for name in set(VALUES) - {"format", "format_version"}:
            setattr(self, name, metadata[name])
        sizes = {"V": "dim_vocab", "E": "dim_emb", "H": "dim_rnn", "A": "dim_att", "P": "max_length",
                 "L": "enc_depth", "M": "dec_depth", "R": "attention_window"}
        for letter, name in sizes.items():
            setattr(self, letter, int(metadata[name]))
        self.V_s = int(metadata.get("dim_source_vocab", self.V))
        self.has_source_vocabulary = "source_vocabulary" in metadata

        self.directions = ["forward", "backward"]
        if self.enc_type == "unidirectional":
            self.directions = ["backward" if self.reverse_source == "true" else "forward"]
        self.D, self.Q = self.H, self.H // len(self.directions)
        has_context = self.attention != "none" or self.fixed_context == "every-step"
        self.C = self.D if has_context else 0
        self.is_context_fed = self.attention == "none" or self.attention_state == "previous"
        self.X = self.C if self.is_context_fed else 0
        if self.input_feeding == "true":
            self.X += self.E
        self.G = {"rnn": 1, "lstm": 4, "gru": 3}[self.cell]
        self.U = 2 * self.E if self.readout == "maxout" else self.E

        cutoffs = metadata["adaptive_softmax_cutoff"]
        bounds = [] if cutoffs == "none" else [int(cutoff) for cutoff in cutoffs.split(",")]
        self.tails = list(pairwise(bounds + [self.V])) if bounds else []
        self.K = bounds[0] if bounds else self.V
        factor = float(metadata["adaptive_softmax_factor"])
        self.E_i = [max(1, int(self.E / factor**i)) for i in range(1, len(self.tails) + 1)]


def shapes(s):
    """The tensors that the page lists for these settings."""
    result = {"embedding": (s.V, s.E)}
    if s.has_source_vocabulary or s.embeddings == "untied":
        result["source.embedding"] = (s.V_s, s.E)

    def cell(name, inputs, width, has_g_W=True):
        result[f"{name}.W"] = (inputs, s.G * width)
        result[f"{name}.U"] = (width, s.G * width)
        result[f"{name}.b"] = (s.G * width,)
        if s.layer_normalization == "true":
            result[f"{name}.g_U"] = (s.G * width,)
            if has_g_W:
                result[f"{name}.g_W"] = (s.G * width,)

    for layer in range(s.L):
        for direction in s.directions:
            cell(f"encoder.{layer}.{direction}", s.D if layer else s.E, s.Q)
    for layer in range(s.M):
        cell(f"decoder.{layer}", s.H if layer else s.E + s.X, s.H, has_g_W=layer == 0)
    if s.bridge in ("mean", "last-backward"):
        is_half = s.bridge == "last-backward" and s.enc_type == "bidirectional"
        result["bridge.W_0"] = (s.D // 2 if is_half else s.D, s.M * s.H)
        result["bridge.b_0"] = (s.M * s.H,)
    if s.attention == "additive":
        result |= {"attention.W": (s.H, s.A), "attention.U": (s.D, s.A)}
        result |= {"attention.b": (s.A,), "attention.v": (s.A,)}
    if s.coverage == "true":
        result["attention.w_c"] = (s.A,)
    if s.attention == "general":
        result["attention.U"] = (s.D, s.H)
    if s.attention == "location":
        result["attention.W"] = (s.H, s.P)
    if s.R > 0:
        result |= {"attention.W_p": (s.H, s.A), "attention.v_p": (s.A,)}
    result |= {"readout.R": (s.H + s.E + s.C, s.U), "readout.b_r": (s.U,), "output.b_o": (s.K,)}
    if s.embeddings == "untied":
        result["output.O"] = (s.K, s.E)
    if s.tails:
        result |= {"output.cluster": (len(s.tails), s.E), "output.cluster_b": (len(s.tails),)}
    for i, ((first, end), width) in enumerate(zip(s.tails, s.E_i), 1):
        result[f"output.tail.{i}.P"] = (s.E, width)
        result[f"output.tail.{i}.O"] = (end - first, width)
        result[f"output.tail.{i}.b"] = (end - first,)
    return result


def check(path, metadata):
    """The two checksums of the file."""
    with open(path, "rb") as file:
        length = int.from_bytes(file.read(8), "little")
        file.seek(8 + length)
        data = file.read()
    strings = {name.encode(): value.encode() for name, value in metadata.items()}
    stored = strings.pop(b"metadata_crc32")
    text = b"".join(name + b"\0" + strings[name] + b"\0" for name in sorted(strings))
    if b"%08x" % zlib.crc32(text) != stored:
        raise ValueError("the metadata's checksum is another")
    if b"%08x" % zlib.crc32(data) != strings[b"data_crc32"]:
        raise ValueError("the data's checksum is another")


def read(path):
    """The arrays by name, in double precision, and the settings."""
    with safe_open(path, "pt") as file:
        metadata = file.metadata()
        arrays = {name: file.get_tensor(name).double() for name in file.keys()}
    check(path, metadata)
    settings = Settings(metadata)
    found = {name: tuple(array.shape) for name, array in arrays.items()}
    if found != shapes(settings):
        difference = sorted(set(found.items()) ^ set(shapes(settings).items()))
        raise ValueError(f"other tensors than expected: {difference}")
    return arrays, settings
