using ScFm.Model.Files;
using ScFm.Model.Models.Gears;
using TorchSharp;
using static TorchSharp.torch;

/// <summary>How far the two sides' results for the same weights and cells are apart, in training.</summary>
/// <param name="Loss">The loss, relative.</param>
/// <param name="Gradient">Any gradient, of the largest of its tensor.</param>
internal sealed record GearsAgreement(double Loss, double Gradient)
{
    private const double Tolerance = 2e-3; // of float32 sums over 6,400 rows through six norms

    /// <summary>Compares with a file that the peer wrote.</summary>
    public static GearsAgreement Compare(string path)
    {
        using var scope = NewDisposeScope();
        var (tensors, _) = Safetensors.Read(path);
        int[] Edges(int row) => Array.ConvertAll(tensors["edges"][row].contiguous().data<long>().ToArray(), node => (int)node);
        var module = new GearsModule(
            new GearsConfig { Genes = GearsRow.ComparedGenes, Perturbations = GearsRow.Perturbations, Width = GearsRow.Width },
            new GeneGraph(GearsRow.ComparedGenes, Edges(0), Edges(1), tensors["weights"].data<float>().ToArray()), GeneGraph.Empty(GearsRow.Perturbations));
        module.load_state_dict(module.state_dict().ToDictionary(own => own.Key, own => tensors["state." + own.Key]));
        module.train();
        var conditions = Array.ConvertAll(tensors["conditions"].data<long>().ToArray(), condition => (int)condition);
        var (change, _) = module.Change(new GearsBatch([.. conditions.Select(condition => (int[])[condition])], GearsRow.Perturbations, CPU));
        var all = Enumerable.Repeat(true, GearsRow.ComparedGenes).ToArray();
        var weights = tensor(GearsLoss.Weights(conditions, _ => all, GearsRow.ComparedGenes), [conditions.Length, GearsRow.ComparedGenes]);
        var loss = GearsLoss.Of(tensors["x"] + change, null, tensors["y"], tensors["x"].mean([0L]), weights, 1e-3, 0);
        loss.backward();
        var expected = tensors["loss"].item<float>();
        return new(
            Math.Abs(loss.item<float>() - expected) / Math.Abs(expected),
            module.named_parameters().Where(own => tensors.ContainsKey("grad." + own.name)).Select(own => Difference(own.parameter.grad!, tensors["grad." + own.name])).Aggregate(0.0, Math.Max)); // unlike the largest of a sequence, not a number wins
    }

    /// <summary>This, where the sides compute the same.</summary>
    /// <exception cref="InvalidOperationException">They do not, so that their times say nothing.</exception>
    public GearsAgreement Required() => Math.Max(Loss, Gradient) <= Tolerance
        ? this
        : throw new InvalidOperationException($"The two sides differ, {this}; expected at most {Tolerance}.");

    private static double Difference(Tensor ours, Tensor theirs)
    {
        var (difference, largest) = ((ours - theirs).abs().max().item<float>(), theirs.abs().max().item<float>());
        return largest == 0 ? difference : difference / largest;
    }
}
