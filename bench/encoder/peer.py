"""The same encoder in plain PyTorch: a stack of nn.TransformerEncoderLayer. Reads 'open SIZES' and 'run forward|backward' lines, answers each run with 'seconds cpu-seconds check'."""
import sys
import time

import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self, width, depth, heads):
        super().__init__()
        self.layers = nn.ModuleList(nn.TransformerEncoderLayer(width, heads, 4 * width, dropout=0.0, batch_first=True) for _ in range(depth))
        self.norm = nn.LayerNorm(width)

    def forward(self, tokens, padding):
        for layer in self.layers:
            tokens = layer(tokens, src_key_padding_mask=padding)
        return self.norm(tokens)


def wave(shape, height):
    count = torch.Size(shape).numel()
    return ((torch.arange(count).double() * 0.37).sin() * height).float().view(shape)


def open_case(width, depth, heads, lengths):
    lengths = torch.tensor([int(n) for n in lengths.split(",")])
    encoder = Encoder(int(width), int(depth), int(heads))
    with torch.no_grad():
        for name, parameter in encoder.named_parameters():
            if "norm" not in name:
                parameter.copy_(wave(parameter.shape, 0.05))
    tokens = wave((len(lengths), int(lengths.max()), int(width)), 1)
    padding = torch.arange(tokens.shape[1])[None] >= lengths[:, None]
    return encoder, tokens, padding


def run(encoder, tokens, padding, backward):
    encoder.train(backward)
    mask = padding if padding.any() else None
    cpu, wall = time.process_time(), time.perf_counter()
    if backward:
        output = encoder(tokens, mask)
        output.square().mean().backward()
    else:
        with torch.no_grad():
            output = encoder(tokens, mask)
    seconds, cpu_seconds = time.perf_counter() - wall, time.process_time() - cpu
    check = output.detach().square().mean(-1)[~padding].mean().item()
    return f"{seconds} {cpu_seconds} {check}"


torch.set_num_threads(int(sys.argv[1]))
print(torch.__version__, flush=True)
for line in sys.stdin:
    verb, *words = line.split()
    if verb == "open":
        case = open_case(*words)
        print("ready", flush=True)
    else:
        print(run(*case, words[0] == "backward"), flush=True)
