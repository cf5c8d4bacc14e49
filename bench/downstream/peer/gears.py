"""GEARS written plainly in torch, in the manner of the published code: all cells of a batch are nodes of one graph. Usage: gears.py time|agree ...

time GENES PERTURBATIONS WIDTH NEIGHBOURS BATCH STEPS WARM_UP THREADS: the seconds of some training steps.
agree GENES PERTURBATIONS WIDTH NEIGHBOURS BATCH OUT: weights, a batch, its loss and gradients as safetensors."""
import json
import os
import resource
import sys
import time

import torch
from torch import nn

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Shared"))
from peer import save  # noqa: E402


class Layers(nn.Module):
    def __init__(self, *widths):
        super().__init__()
        layers = []
        for a, b in zip(widths, widths[1:]):
            layers += [nn.Linear(a, b), nn.BatchNorm1d(b), nn.ReLU()]
        self.network = nn.Sequential(*layers[:-1])

    def forward(self, x):
        return self.network(x)


class GraphLayer(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.lin = nn.Linear(width, width)

    def forward(self, x, edges, weights):
        messages = x[edges[0]] * weights[:, None]
        return self.lin(torch.zeros_like(x).index_add(0, edges[1], messages))


class Gears(nn.Module):
    def __init__(self, genes, perturbations, width, edges, weights):
        super().__init__()
        self.genes, self.width, self.edges, self.weights = genes, width, edges, weights
        alone = torch.arange(perturbations)
        self.alone, self.ones = torch.stack([alone, alone]), torch.ones(perturbations)
        self.gene_emb, self.emb_pos = nn.Embedding(genes, width, max_norm=1.0), nn.Embedding(genes, width, max_norm=1.0)
        self.pert_emb = nn.Embedding(perturbations, width, max_norm=1.0)
        self.layers_emb_pos, self.sim_layers = nn.ModuleList([GraphLayer(width)]), nn.ModuleList([GraphLayer(width)])
        self.bn_emb, self.bn_pert_base = nn.BatchNorm1d(width), nn.BatchNorm1d(width)
        self.emb_trans_v2, self.pert_fuse = Layers(width, width, width), Layers(width, width, width)
        self.recovery_w, self.cross_gene_state = Layers(width, 2 * width, width), Layers(genes, width, width)
        self.indv_w1, self.indv_b1 = nn.Parameter(torch.empty(genes, width, 1)), nn.Parameter(torch.empty(genes, 1))
        self.indv_w2, self.indv_b2 = nn.Parameter(torch.empty(1, genes, width + 1)), nn.Parameter(torch.empty(1, genes))
        for weight in (self.indv_w1, self.indv_b1, self.indv_w2, self.indv_b2):
            nn.init.xavier_normal_(weight)

    def forward(self, x, targets):
        cells = len(x)
        places = torch.arange(self.genes).repeat(cells)
        shift = (torch.arange(cells) * self.genes).repeat_interleave(self.edges.shape[1])
        position = self.layers_emb_pos[0](self.emb_pos(places), self.edges.repeat(1, cells) + shift, self.weights.repeat(cells))
        base = torch.relu(self.bn_emb(self.gene_emb(places))) + 0.2 * position
        base = self.emb_trans_v2(base).reshape(cells, self.genes, self.width)
        vectors = self.sim_layers[0](self.pert_emb(torch.arange(len(self.ones))), self.alone, self.ones)
        sums = {cell: sum(vectors[target] for target in of_cell) for cell, of_cell in enumerate(targets) if of_cell}
        fused = self.pert_fuse(torch.stack(list(sums.values())))
        for i, cell in enumerate(sums):
            base[cell] = base[cell] + fused[i]
        base = torch.relu(self.bn_pert_base(base.reshape(cells * self.genes, self.width)))
        out = self.recovery_w(base).reshape(cells, self.genes, self.width)
        out = (out.unsqueeze(-1) * self.indv_w1).sum(2) + self.indv_b1
        cross = self.cross_gene_state(out.squeeze(2)).repeat(1, self.genes).reshape(cells, self.genes, self.width)
        return (torch.cat([out, cross], 2) * self.indv_w2).sum(2) + self.indv_b2 + x


def loss_of(predicted, expected, control, conditions):
    loss = 0.0
    for condition in set(conditions):
        cells = [i for i, other in enumerate(conditions) if other == condition]
        p, y = predicted[cells], expected[cells]
        loss = loss + ((p - y) ** 4).mean() + 1e-3 * ((torch.sign(y - control) - torch.sign(p - control)) ** 2).mean()
    return loss / len(set(conditions))


def graph(genes, neighbours, generator):
    """Each gene with itself and as many others, weights normalised by both degrees."""
    sources = torch.cat([torch.arange(genes)[:, None], torch.randint(genes, (genes, neighbours), generator=generator)], 1).flatten()
    targets = torch.arange(genes).repeat_interleave(neighbours + 1)
    raw = torch.rand(len(sources), generator=generator)
    scale = torch.zeros(genes).index_add(0, targets, raw) ** -0.5
    return torch.stack([sources, targets]), raw, scale[sources] * raw * scale[targets]


def setting(genes, perturbations, width, neighbours, batch):
    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(1)
    edges, raw, weights = graph(genes, neighbours, generator)
    model = Gears(genes, perturbations, width, edges, weights).train()
    x, y = (torch.relu(torch.randn(batch, genes, generator=generator)) for _ in range(2))
    conditions = torch.randint(perturbations, (batch,), generator=generator).tolist()
    return model, edges, raw, x, y, conditions


def step(model, x, y, conditions):
    loss = loss_of(model(x, [[condition] for condition in conditions]), y, x.mean(0), conditions)
    loss.backward()
    return loss.detach()


def measure(genes, perturbations, width, neighbours, batch, steps, warm_up, threads):
    torch.set_num_threads(threads)
    model, _, _, x, y, conditions = setting(genes, perturbations, width, neighbours, batch)
    optimizer = torch.optim.Adam(model.parameters(), 1e-3, weight_decay=5e-4)
    for done in range(warm_up + steps):
        if done == warm_up:
            start = time.perf_counter()
        optimizer.zero_grad()
        step(model, x, y, conditions)
        nn.utils.clip_grad_value_(model.parameters(), 1.0)
        optimizer.step()
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "peak_memory_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)}))


def only_shifts(name):
    """A bias that only shifts all rows before a norm over the batch has no gradient but rounding."""
    if name in ("emb_trans_v2.network.4.bias", "pert_fuse.network.4.bias"):
        return True
    return name.endswith("lin.bias") or ".network." in name and name.endswith(".bias") and int(name.split(".")[2]) % 3 == 0


def agree(genes, perturbations, width, neighbours, batch, out):
    model, edges, raw, x, y, conditions = setting(genes, perturbations, width, neighbours, batch)
    state = {"state." + name: tensor.clone() for name, tensor in model.state_dict().items()}
    loss = step(model, x, y, conditions)
    gradients = {"grad." + name: p.grad for name, p in model.named_parameters() if not only_shifts(name)}
    save(out, {"edges": edges, "weights": raw, "x": x, "y": y, "conditions": torch.tensor(conditions), "loss": loss, **state, **gradients})


if __name__ == "__main__":
    if sys.argv[1] == "time":
        measure(*map(int, sys.argv[2:10]))
    else:
        agree(*map(int, sys.argv[2:7]), sys.argv[7])
