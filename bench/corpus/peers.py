"""Reads the same cells from an .h5ad file as Python does, and prints what it took.

usage: peers.py HOW FILE CELLS BATCH BATCHES
HOW: anndata  rows of a backed AnnData by a list of them, as AnnLoader asks for a batch
     rows     rows of h5py's data sets one by one
     blocks   blocks of 64 neighbouring cells in random order, 64 blocks shuffled among each other, as scDataset does
CELLS: a file of int32, the cells in order (not of blocks: their order is their own)
"""
import json
import resource
import sys
import time

import h5py
import numpy as np

how, path, cells_file, batch, batches = *sys.argv[1:4], int(sys.argv[4]), int(sys.argv[5])
wanted = np.fromfile(cells_file, np.int32)[: batch * batches]
BLOCK, TOGETHER = 64, 64


def by_anndata():
    import anndata

    cells = anndata.read_h5ad(path, backed="r")
    for first in range(0, len(wanted), batch):
        yield cells[np.sort(wanted[first:first + batch])].X  # HDF5 wants rising rows


def by_rows():
    from scipy.sparse import csr_matrix

    with h5py.File(path, "r") as file:
        x = file["X"]
        ends, genes = x["indptr"][:], int(x.attrs["shape"][1])
        data, indices = x["data"], x["indices"]
        for first in range(0, len(wanted), batch):
            spans = [(ends[cell], ends[cell + 1]) for cell in wanted[first:first + batch]]
            yield csr_matrix((
                np.concatenate([data[a:b] for a, b in spans]), np.concatenate([indices[a:b] for a, b in spans]),
                np.concatenate([[0], np.cumsum([b - a for a, b in spans])])), shape=(len(spans), genes))


def by_blocks():
    from scipy.sparse import csr_matrix, vstack

    random = np.random.default_rng(0)
    with h5py.File(path, "r") as file:
        x = file["X"]
        ends, genes = x["indptr"][:], int(x.attrs["shape"][1])
        blocks = random.permutation((len(ends) - 1) // BLOCK)
        read = 0
        for start in range(0, len(blocks), TOGETHER):
            parts = []
            for block in np.sort(blocks[start:start + TOGETHER]):
                a, b = ends[block * BLOCK], ends[(block + 1) * BLOCK]
                parts.append(csr_matrix((x["data"][a:b], x["indices"][a:b], ends[block * BLOCK:(block + 1) * BLOCK + 1] - a), shape=(BLOCK, genes)))
            together = vstack(parts, format="csr")[random.permutation(BLOCK * len(parts))]
            for first in range(0, together.shape[0], batch):
                yield together[first:first + batch]
                read += batch
                if read >= batch * batches:
                    return


clock, processor = time.perf_counter(), time.process_time()
seen, total = 0, 0.0
spent = [0.0, 0.0]
for x in {"anndata": by_anndata, "rows": by_rows, "blocks": by_blocks}[how]():
    a, b = time.perf_counter(), time.process_time()
    seen += x.shape[0]
    total += float(np.dot(x.indices.astype(np.float64), x.data))  # compared, not timed
    spent[0] += time.perf_counter() - a
    spent[1] += time.process_time() - b
print(json.dumps({
    "cells": seen, "seconds": time.perf_counter() - clock - spent[0], "cpuSeconds": time.process_time() - processor - spent[1],
    "peakMemory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, "sum": total}))
