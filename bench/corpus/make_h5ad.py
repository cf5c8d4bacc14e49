"""Writes an .h5ad file of cells that come through the standard input. usage: make_h5ad.py FILE CELLS EXPRESSED GENES BLOCK"""
import sys

import h5py
import numpy as np

path, cells, expressed, genes, block = sys.argv[1], *map(int, sys.argv[2:])


def frame(parent, name, index):
    group = parent.create_group(name)
    group.attrs.update({"encoding-type": "dataframe", "encoding-version": "0.2.0", "_index": "_index"})
    group.attrs["column-order"] = np.array([], dtype=h5py.string_dtype())
    names = group.create_dataset("_index", data=index, dtype=h5py.string_dtype())
    names.attrs.update({"encoding-type": "string-array", "encoding-version": "0.2.0"})


with h5py.File(path + ".part", "w") as file:
    file.attrs.update({"encoding-type": "anndata", "encoding-version": "0.1.0"})
    x = file.create_group("X")
    x.attrs.update({"encoding-type": "csr_matrix", "encoding-version": "0.1.0", "shape": np.array([cells, genes])})
    data = x.create_dataset("data", (cells * expressed,), np.float32)
    indices = x.create_dataset("indices", (cells * expressed,), np.int32)
    x.create_dataset("indptr", data=np.arange(cells + 1, dtype=np.int64) * expressed)
    for first in range(0, cells, block):
        count = min(block, cells - first) * expressed
        start = first * expressed
        indices[start:start + count] = np.frombuffer(sys.stdin.buffer.read(4 * count), np.int32)
        data[start:start + count] = np.frombuffer(sys.stdin.buffer.read(4 * count), np.float32)
    frame(file, "obs", ["cell-%07d" % cell for cell in range(cells)])
    frame(file, "var", ["gene-%d" % gene for gene in range(genes)])

import os

os.replace(path + ".part", path)
