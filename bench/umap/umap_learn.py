"""The peer: umap-learn's layout of the points in a file, with its times and the graph it made.

usage: umap_learn.py POINTS CELLS FEATURES NEIGHBOURS MIN_DIST REPEATS OUT
POINTS is raw float32, row after row. OUT gets layout.f32, indptr.i64, indices.i32, weights.f32 and figures.json.
"""
import json
import os
import statistics
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
import umap  # noqa: E402
from sklearn.manifold import trustworthiness  # noqa: E402

path, cells, features, neighbours, min_dist, repeats, out = sys.argv[1:]
cells, features, neighbours, repeats = int(cells), int(features), int(neighbours), int(repeats)
points = np.fromfile(path, np.float32).reshape(cells, features)


def fit(seed):
    start = time.perf_counter()
    model = umap.UMAP(n_neighbors=neighbours, min_dist=float(min_dist), random_state=seed)
    model.fit(points)
    return time.perf_counter() - start, model


cold, model = fit(0)
figures = {
    "version": umap.__version__,
    "a": float(model._a),
    "b": float(model._b),
    "cold": cold,
    "trustworthiness": float(trustworthiness(points, model.embedding_, n_neighbors=15)),
}
if repeats:
    figures["warm"] = statistics.median(fit(1 + i)[0] for i in range(repeats))
    # Without a seed umap-learn uses all cores, and its layout differs from run to run.
    fit(None)
    figures["warm_unseeded"] = statistics.median(fit(None)[0] for _ in range(repeats))

graph = model.graph_.tocsr()
graph.sort_indices()
model.embedding_.astype(np.float32).tofile(os.path.join(out, "layout.f32"))
graph.indptr.astype(np.int64).tofile(os.path.join(out, "indptr.i64"))
graph.indices.astype(np.int32).tofile(os.path.join(out, "indices.i32"))
graph.data.astype(np.float32).tofile(os.path.join(out, "weights.f32"))
with open(os.path.join(out, "figures.json"), "w") as file:
    json.dump(figures, file)
