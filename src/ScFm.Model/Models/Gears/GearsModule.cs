using ScFm.Model.Devices;
using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Gears;

/// <summary>The mathematics of GEARS: how a perturbation changes every gene of a cell.</summary>
/// <remarks>
/// Source: GEARS (Roohani et al. 2023), reference file GEARS/gears/model.py of scFoundation (Hao et al. 2024). Where no cell brings features, all cells share the genes' vectors up to the perturbation:
/// these are computed once a batch, and the norm of their sums with the perturbations' vectors follows from both parts' moments.
/// </remarks>
public sealed class GearsModule : nn.Module
{
    private const double GraphShare = 0.2;

    private readonly WeightedSums coExpressed;
    private readonly WeightedSums alike;
    private readonly BoundedEmbedding? gene_emb;
    private readonly Parameter? absent_genes;
    private readonly long[] geneOrder;
    private readonly BoundedEmbedding pert_emb;
    private readonly BoundedEmbedding emb_pos;
    private readonly BatchNorm1d bn_emb;
    private readonly BatchNorm1d bn_pert_base;
    private readonly ModuleList<GraphLayer> layers_emb_pos;
    private readonly ModuleList<GraphLayer> sim_layers;
    private readonly NormedLayers emb_trans_v2;
    private readonly NormedLayers pert_fuse;
    private readonly NormedLayers recovery_w;
    private readonly NormedLayers cross_gene_state;
    private readonly NormedLayers? uncertainty_w;
    private readonly Parameter indv_w1;
    private readonly Parameter indv_b1;
    private readonly Parameter indv_w2;
    private readonly Parameter indv_b2;

    /// <summary>Makes the module with random weights from torch's generator.</summary>
    /// <param name="config">The shape.</param>
    /// <param name="genes">Which genes are expressed together.</param>
    /// <param name="perturbations">Which perturbations are alike.</param>
    /// <exception cref="ArgumentException">A value of the shape is out of range, or a graph has another number of nodes.</exception>
    public GearsModule(GearsConfig config, GeneGraph genes, GeneGraph perturbations) : base(nameof(GearsModule))
    {
        Config = config.Checked();
        if ((genes.Nodes, perturbations.Nodes) != (config.Genes, config.Perturbations))
        {
            throw new ArgumentException($"The graphs have {genes.Nodes} genes and {perturbations.Nodes} perturbations; expected {config.Genes} and {config.Perturbations}.");
        }
        (coExpressed, alike, geneOrder) = (genes.Neighbours(), perturbations.Neighbours(), Order(config));
        var width = config.Width;
        if (config.GivenFeatures)
        {
            absent_genes = config.AbsentGenes.Length > 0 ? nn.Parameter(randn(config.AbsentGenes.Length, width)) : null;
        }
        else
        {
            gene_emb = new BoundedEmbedding(config.Genes, width);
        }
        (pert_emb, emb_pos) = (new BoundedEmbedding(config.Perturbations, width), new BoundedEmbedding(config.Genes, width));
        (bn_emb, bn_pert_base) = (nn.BatchNorm1d(width), nn.BatchNorm1d(width));
        layers_emb_pos = Layers(config.GeneLayers);
        sim_layers = Layers(config.PerturbationLayers);
        (emb_trans_v2, pert_fuse) = (new NormedLayers(width, width, width), new NormedLayers(width, width, width));
        (recovery_w, cross_gene_state) = (new NormedLayers(width, 2L * width, width), new NormedLayers(config.Genes, width, width));
        uncertainty_w = config.Uncertainty ? new NormedLayers(width, 2L * width, width, 1) : null;
        (indv_w1, indv_b1) = (Drawn(config.Genes, width, 1), Drawn(config.Genes, 1));
        (indv_w2, indv_b2) = (Drawn(1, config.Genes, width + 1L), Drawn(1, config.Genes));
        RegisterComponents();
        ComputeDevice.Place(this);

        ModuleList<GraphLayer> Layers(int count) => nn.ModuleList([.. Enumerable.Range(0, count).Select(_ => new GraphLayer(width))]);
        static Parameter Drawn(params long[] shape) => nn.Parameter(nn.init.xavier_normal_(empty(shape)));
    }

    /// <summary>The shape.</summary>
    public GearsConfig Config { get; }

    /// <summary>Where the weights are.</summary>
    public Device Device => indv_w1.device;

    /// <summary>How much each gene of each cell changes, log1p of counts per 10,000, [cells, genes]; and the logarithm of the variance of the error, the same, or null without uncertainty.</summary>
    public (Tensor Change, Tensor? LogVariance) Change(GearsBatch batch)
    {
        var perturbed = Perturbed(batch);
        var apart = Config.GivenFeatures || Config.Compat == Compat.Reference;
        var (start, trunk, parts) = apart ? CellByCell(batch, perturbed) : Shared(batch, perturbed);
        (RowStage[], Func<Tensor, Tensor>)[] branches = [([.. recovery_w.Stages], OfGenes)];
        if (uncertainty_w is not null)
        {
            branches = [.. branches, ([.. uncertainty_w.Stages], rows => rows.view(-1, Config.Genes))];
        }
        var results = new RowStages(this, start, trunk, branches).Run(parts);
        return (Crossed(results[0]), uncertainty_w is null ? null : results[1]);
    }

    /// <summary>What a perturbation adds to the vectors of all genes of its cell, [cells, width]; 0 for control cells.</summary>
    private Tensor Perturbed(GearsBatch batch)
    {
        var vectors = GraphLayer.Convolve(sim_layers, pert_emb.LookUp(), alike);
        var none = zeros(batch.Cells, Config.Width, device: Device);
        var count = batch.Targets.Rows;
        if (count == 0)
        {
            return none;
        }
        var sums = batch.Targets.Of(vectors);
        var fused = pert_fuse.call(count == 1 ? cat([sums, sums]) : sums).narrow(0, 0, count); // a norm needs two rows
        return none.index_add(0, batch.Perturbed, fused, 1);
    }

    /// <summary>All cells share the genes' vectors up to the perturbation.</summary>
    private (Func<IReadOnlyList<Tensor>, Tensor> Start, RowStage[] Trunk, Tensor[][] Parts) Shared(GearsBatch batch, Tensor perturbed)
    {
        var genes = Through(new((rows, _) => rows, bn_emb, Relu: true), gene_emb!.LookUp()) + GraphShare * GraphLayer.Convolve(layers_emb_pos, emb_pos.LookUp(), coExpressed);
        var (gene, cell) = NormOfSums(emb_trans_v2.Stages.Aggregate(genes, (rows, stage) => Through(stage, rows)), perturbed);
        return (arguments => (arguments[0] + arguments[1].unsqueeze(1)).relu_().flatten(0, 1), [], [.. cell.split(batch.Parts).Select(part => (Tensor[])[gene, part])]);

        Tensor Through(RowStage stage, Tensor rows) => RowStages.OfAlike(stage.Before(rows, []), stage, batch.Cells);
    }

    /// <summary>The batch norm of all sums of a gene's and a cell's vector, as a part of the gene [genes, width] and one of the cell [cells, width]: moments of such sums are sums of moments.</summary>
    private (Tensor Gene, Tensor Cell) NormOfSums(Tensor genes, Tensor cells)
    {
        var (mean, variance) = (bn_pert_base.running_mean!, bn_pert_base.running_var!);
        if (training)
        {
            mean = genes.mean([0L]) + cells.mean([0L]);
            variance = genes.var(0, unbiased: false) + cells.var(0, unbiased: false);
            RowStages.Move(bn_pert_base, mean, variance, genes.shape[0] * cells.shape[0]);
        }
        var scale = bn_pert_base.weight! * (variance + bn_pert_base.eps).rsqrt();
        return (genes * scale + (bn_pert_base.bias! - mean * scale), cells * scale);
    }

    /// <summary>Each cell has vectors of its own; or, as published, a place in the batch that decides whether the graph reaches it.</summary>
    private (Func<IReadOnlyList<Tensor>, Tensor> Start, RowStage[] Trunk, Tensor[][] Parts) CellByCell(GearsBatch batch, Tensor perturbed)
    {
        var (width, positions) = (Config.Width, emb_pos.LookUp());
        var reached = GraphLayer.Convolve(layers_emb_pos, positions, coExpressed);
        var alone = Config.Compat == Compat.Reference ? GraphLayer.Convolve(layers_emb_pos, positions, null) : null;
        var learnt = gene_emb?.LookUp();
        var features = learnt is null ? batch.Features : [.. batch.Parts.Select(cells => learnt.unsqueeze(0).expand(cells, -1, -1))];
        Tensor OfCells(Tensor rows) => rows.view(-1, Config.Genes, width);

        RowStage[] translated = [.. emb_trans_v2.Stages];
        RowStage[] trunk =
        [
            new((rows, _) => rows, bn_emb, true),
            translated[0] with { Before = (rows, arguments) => translated[0].Before((OfCells(rows) + GraphShare * arguments[2]).flatten(0, 1), arguments) },
            .. translated[1..],
            new((rows, arguments) => (OfCells(rows) + arguments[1].unsqueeze(1)).flatten(0, 1), bn_pert_base, true),
        ];
        return (arguments => Complete(arguments[0]).flatten(0, 1), trunk, [.. perturbed.split(batch.Parts).Select((part, i) => (Tensor[])[features[i], part, Graph(i)])]);

        Tensor Graph(int part) => alone is null ? reached
            : part > 0 ? alone
            : cat([reached.unsqueeze(0), alone.unsqueeze(0).expand(batch.Parts[0] - 1, -1, -1)]);
    }

    /// <summary>The given vectors and the learnt ones of genes that have none, [cells, genes, width].</summary>
    private Tensor Complete(Tensor given) => absent_genes is null
        ? given
        : cat([given, absent_genes.unsqueeze(0).expand(given.shape[0], -1, -1)], 1).index_select(1, tensor(geneOrder, device: given.device));

    /// <summary>Where each gene stands among those that are given and, behind them, those that are not.</summary>
    private static long[] Order(GearsConfig config)
    {
        int[] order = [.. Enumerable.Range(0, config.Genes).Except(config.AbsentGenes), .. config.AbsentGenes];
        var place = new long[config.Genes];
        for (var i = 0; i < place.Length; i++)
        {
            place[order[i]] = i;
        }
        return place;
    }

    private Tensor OfGenes(Tensor rows) => (rows.view(-1, Config.Genes, Config.Width) * indv_w1.squeeze(-1)).sum(-1) + indv_b1.squeeze(-1);

    private Tensor Crossed(Tensor first)
    {
        var (own, shared) = (indv_w2[0].narrow(1, 0, 1).squeeze(1), indv_w2[0].narrow(1, 1, Config.Width));
        return Dense.Linear(cross_gene_state.call(first), shared, bias: null, add: first * own + indv_b2);
    }
}
