"""DeepCDR written plainly in torch: every pair carries its drug, padded to 100 atoms. Times an epoch's steps."""
import json
import resource
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

SLOTS = 100


class GraphConvolution(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)
        self.norm = nn.BatchNorm1d(outputs, eps=1e-3, momentum=0.01)

    def forward(self, features, adjacency):
        rows = torch.relu(torch.bmm(adjacency, self.linear(features)))
        normed = self.norm(rows.flatten(0, 1)).reshape(rows.shape)
        return F.dropout(normed, 0.1, self.training)


class DeepCdr(nn.Module):
    def __init__(self, atom_features, cell_features, units=(256, 256, 256, 100)):
        super().__init__()
        self.convolutions = nn.ModuleList(GraphConvolution(a, b) for a, b in zip((atom_features, *units), units))
        self.hidden, self.norm, self.cell = nn.Linear(cell_features, 256), nn.BatchNorm1d(256, eps=1e-3, momentum=0.01), nn.Linear(256, 100)
        self.dense = nn.Linear(200, 300)
        self.first, self.second, self.third = nn.Conv1d(1, 30, 150), nn.Conv1d(30, 10, 5), nn.Conv1d(10, 5, 5)
        self.output = nn.Linear(30, 1)

    def forward(self, features, adjacency, cells):
        for convolution in self.convolutions:
            features = convolution(features, adjacency)
        drug = features.mean(1)
        cells = torch.relu(self.cell(F.dropout(self.norm(torch.tanh(self.hidden(cells))), 0.1, self.training)))
        row = F.dropout(torch.tanh(self.dense(torch.cat([drug, cells], 1))), 0.1, self.training).unsqueeze(1)
        row = F.max_pool1d(torch.relu(self.first(row)), 2)
        row = F.max_pool1d(torch.relu(self.second(row)), 3)
        row = F.dropout(F.max_pool1d(torch.relu(self.third(row)), 3), 0.1, self.training)
        return self.output(F.dropout(row.transpose(1, 2).flatten(1), 0.2, self.training)).squeeze(1)


def padded(data):
    """Features and normalised adjacency of every drug, each in 100 slots."""
    atoms, edges = data["atom_offset"], data["edge_offset"]
    features = np.zeros((len(atoms) - 1, SLOTS, data["atom_features"].shape[1]), np.float32)
    adjacency = np.zeros((len(atoms) - 1, SLOTS, SLOTS), np.float32)
    for drug in range(len(atoms) - 1):
        features[drug, : atoms[drug + 1] - atoms[drug]] = data["atom_features"][atoms[drug] : atoms[drug + 1]]
        bound = data["edges"][edges[drug] : edges[drug + 1]]
        adjacency[drug, bound[:, 0], bound[:, 1]] = 1
        adjacency[drug] += np.eye(SLOTS, dtype=np.float32)
        scale = adjacency[drug].sum(1) ** -0.5
        adjacency[drug] *= scale[:, None] * scale[None, :]
    return torch.from_numpy(features), torch.from_numpy(adjacency)


def main(graphs, pairs, batch, steps, warm_up, threads):
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    features, adjacency = padded(np.load(graphs))
    generator = torch.Generator().manual_seed(1)
    drugs, cells = torch.randint(len(features), (pairs,), generator=generator), torch.randint(561, (pairs,), generator=generator)
    values, table = torch.randn(pairs, generator=generator), torch.randn(561, 808, generator=generator)
    model = DeepCdr(features.shape[2], table.shape[1]).train()
    optimizer = torch.optim.Adam(model.parameters(), 1e-3, eps=1e-7)
    order = torch.randperm(pairs, generator=generator)
    for step in range(warm_up + steps):
        if step == warm_up:
            start = time.perf_counter()
        chosen = order[step * batch : (step + 1) * batch]
        drug = drugs[chosen]
        loss = F.mse_loss(model(features[drug], adjacency[drug], table[cells[chosen]]), values[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
    print(json.dumps({"seconds": seconds, "peak_memory_gb": peak}))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:7]))
