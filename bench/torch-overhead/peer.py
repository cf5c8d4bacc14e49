"""The same operations in Python's torch: prints a line "name microseconds" for each, the fastest of several rounds."""
import os
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


def measure(name, operation, count, rounds=9):
    for _ in range(count // 4 + 1):
        operation()
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(count):
            operation()
        best = min(best, (time.perf_counter() - start) / count)
    print(name, best * 1e6, flush=True)


torch.manual_seed(0)
# Debian's libtorch starts with one thread; ours uses all cores, so does the peer.
torch.set_num_threads(os.cpu_count())
print("#", torch.__version__, "threads", torch.get_num_threads(), file=sys.stderr)
a, b = torch.randn(8, 8), torch.randn(8, 8)
measure("add", lambda: a + b, 20000)
measure("add_", lambda: a.add_(b), 20000)
measure("scalar", lambda: a * 2.0, 20000)
measure("exp", lambda: a.exp(), 20000)
measure("view", lambda: a.view(64), 20000)
measure("slice", lambda: a[1:3], 20000)
measure("sum", lambda: a.sum(), 20000)
c = torch.randn(32, 64)
with torch.no_grad():
    linear = nn.Linear(64, 64)
    measure("linear", lambda: linear(c), 10000)


class Layer(nn.Module):
    """A pre-norm transformer layer of width 64, 4 heads, written as the C# side writes it."""

    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(64), nn.LayerNorm(64)
        self.qkv, self.project = nn.Linear(64, 192), nn.Linear(64, 64)
        self.up, self.down = nn.Linear(64, 256), nn.Linear(256, 64)

    def forward(self, x):
        h = self.qkv(self.norm1(x)).view(4, 16, 3, 4, 16).permute(2, 0, 3, 1, 4)
        q, k, v = h.unbind(0)
        w = F.softmax(torch.matmul(q, k.transpose(-2, -1)) * 0.25, -1)
        x = x + self.project(torch.matmul(w, v).transpose(1, 2).reshape(4, 16, 64))
        return x + self.down(F.relu(self.up(self.norm2(x))))


layer, x = Layer(), torch.randn(4, 16, 64)


def train():
    layer.zero_grad(set_to_none=True)
    layer(x).sum().backward()


measure("layer", train, 400)
parameters = [nn.Parameter(torch.randn(64)) for _ in range(100)]
for p in parameters:
    p.grad = torch.randn(64)
optimizer = torch.optim.AdamW(parameters, lr=1e-3, foreach=False)
measure("adamw", optimizer.step, 100)
