"""Principal components of a 10x folder by a route that shares nothing with ours: numpy's dense SVD.

usage: prepare.py FOLDER COMPONENTS OUT
Log-normalises to 10,000 counts a cell, keeps the 2,000 most variable genes, and writes components.f32 (row after row).
"""
import gzip
import os
import sys

import numpy as np
import scipy.io
import scipy.sparse

folder, components, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
counts = scipy.io.mmread(gzip.open(os.path.join(folder, "matrix.mtx.gz"))).T.tocsr().astype(np.float64)
cells = scipy.sparse.diags(1e4 / np.asarray(counts.sum(1)).ravel()) @ counts
cells.data = np.log1p(cells.data)
mean = np.asarray(cells.mean(0)).ravel()
variance = np.asarray(cells.multiply(cells).mean(0)).ravel() - mean**2
dense = cells.tocsr()[:, np.sort(np.argsort(-variance)[:2000])].toarray()
u, s, _ = np.linalg.svd(dense - dense.mean(0), full_matrices=False)
(u * s)[:, :components].astype(np.float32).tofile(os.path.join(out, "components.f32"))
