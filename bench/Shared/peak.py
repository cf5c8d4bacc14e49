"""The fastest matrix product, 1024 or 2048 wide, in this process: one JSON line in GFLOP/s. Usage: peak.py THREADS"""
import json
import sys
import time

import torch


def fastest(dtype):
    best = 0.0
    for width in (1024, 2048):
        a = torch.rand(width, width).to(dtype)
        end = time.perf_counter() + 0.5
        while time.perf_counter() < end:
            start = time.perf_counter()
            torch.matmul(a, a)
            best = max(best, 2 * width ** 3 / (time.perf_counter() - start) / 1e9)
    return best


torch.set_num_threads(int(sys.argv[1]))
print(json.dumps({"float32": fastest(torch.float32), "bfloat16": fastest(torch.bfloat16), "torch": torch.__version__}))
