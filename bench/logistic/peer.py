"""scikit-learn's side of a row. Usage: peer.py FOLDER GENES SOLVER TOLERANCE ITERATIONS C,..."""
import json
import resource
import sys
import time
import warnings

import numpy as np
import scipy.sparse as sp
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression

folder, genes, solver, tolerance, iterations = sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4]), int(sys.argv[5])
labels = np.fromfile(f"{folder}/labels", np.int32)
x = sp.csr_matrix((np.fromfile(f"{folder}/values", np.float32).astype(np.float64), np.fromfile(f"{folder}/indices", np.int32), np.fromfile(f"{folder}/offsets", np.int64).astype(np.int32)), shape=(len(labels), genes))


def objective(model, c):
    linear = x @ model.coef_.T + model.intercept_
    if solver == "saga":
        return abs(model.coef_).sum() + c * (logsumexp(linear, axis=1) - linear[np.arange(len(labels)), labels]).sum()
    signs = np.where(labels[:, None] == model.classes_, 1.0, -1.0)
    return abs(model.coef_).sum() + abs(model.intercept_).sum() + c * np.logaddexp(0, -signs * linear).sum()


warnings.simplefilter("ignore")  # of iterations that did not suffice: the objective says it
seconds, objectives, selected = 0.0, [], []
for c in map(float, sys.argv[6].split(",")):
    model = LogisticRegression(penalty="l1", solver=solver, C=c, tol=tolerance, max_iter=iterations, random_state=0, multi_class="multinomial" if solver == "saga" else "ovr")
    start = time.perf_counter()
    model.fit(x, labels)
    seconds += time.perf_counter() - start
    objectives.append(objective(model, c))
    selected.append(int((model.coef_ != 0).sum()))
print(json.dumps({"seconds": seconds, "objectives": objectives, "selected": selected, "peakMemory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20}))
