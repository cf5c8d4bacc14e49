using ScFm.Model.Files;
using ScFm.Model.Models.ScVi;
using TorchSharp;
using static TorchSharp.torch;

/// <summary>How far the two sides' results for the same weights, counts and draws are apart, in training and without dropout.</summary>
/// <param name="Loss">The loss, relative.</param>
/// <param name="Gradient">Any gradient, of the largest of its tensor.</param>
internal sealed record Agreement(double Loss, double Gradient)
{
    private const double Tolerance = 1e-4;

    /// <summary>Compares with a file that agreement.py wrote.</summary>
    public static Agreement Compare(Row row, string path)
    {
        using var scope = NewDisposeScope();
        var (tensors, _) = Safetensors.Read(path);
        var counts = tensors["counts"];
        var module = new ScViModule(row.Config with { Dropout = 0 }, (int)counts.shape[1]);
        module.load_state_dict(module.state_dict().ToDictionary(own => own.Key, own => tensors["state." + own.Key].view(own.Value.shape)));
        module.train();
        var places = counts.nonzero();
        var values = counts.flatten().index_select(0, places.select(1, 0) * counts.shape[1] + places.select(1, 1));
        var batch = new CountBatch
        {
            Genes = counts.shape[1],
            Values = values,
            LoggedValues = values.log1p(),
            GeneOf = places.select(1, 1).to(int32),
            Offsets = cat([zeros(1, int64), counts.ne(0).sum(1).cumsum(0)]),
            LogTotals = counts.sum(1, keepdim: true).log(),
            Batches = zeros(counts.shape[0], int64),
        };
        var loss = module.call(batch, new ScViNoise(tensors["noise_z"], tensors["noise_l"])).Loss(tensors["weight"].item<float>()).mean();
        loss.backward();
        var expected = tensors["loss"].item<float>();
        return new(
            Math.Abs(loss.item<float>() - expected) / Math.Abs(expected),
            module.named_parameters().Where(own => tensors.ContainsKey("grad." + own.name))
                .Max(own => Difference(own.parameter.grad!, tensors["grad." + own.name].view(own.parameter.shape))));
    }

    /// <summary>This, where the sides compute the same.</summary>
    /// <exception cref="InvalidOperationException">They do not, so that their times say nothing.</exception>
    public Agreement Required() => Math.Max(Loss, Gradient) <= Tolerance
        ? this
        : throw new InvalidOperationException($"The two sides differ, {this}; expected at most {Tolerance}.");

    private static double Difference(Tensor ours, Tensor theirs) => ((ours - theirs).abs().max() / theirs.abs().max()).item<float>();
}
