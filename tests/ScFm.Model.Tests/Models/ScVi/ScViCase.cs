using ScFm.Model.Cells;
using ScFm.Model.Devices;
using ScFm.Model.Models.ScVi;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.ScVi;

/// <summary>A fixture of the official scVI or LDVAE as this project's module and batch.</summary>
internal sealed class ScViCase
{
    private readonly Golden golden;

    public ScViCase(Golden golden)
    {
        this.golden = golden;
        var linear = Text("module", "") == "LDVAE";
        var (batchNorm, layerNorm) = (Text("use_batch_norm", "both"), Text("use_layer_norm", "none"));
        Module = new ScViModule(
            new ScViConfig
            {
                Hidden = Number("n_hidden", 128),
                Latent = Number("n_latent", 10),
                Layers = Number(linear ? "n_layers_encoder" : "n_layers", 1),
                Dropout = 0, // the fixtures were made without
                Likelihood = Text("gene_likelihood", linear ? "nb" : "zinb") switch
                {
                    "nb" => CountLikelihood.NegativeBinomial,
                    "zinb" => CountLikelihood.ZeroInflatedNegativeBinomial,
                    "poisson" => CountLikelihood.Poisson,
                    var other => throw new ArgumentException($"There is no likelihood '{other}'."),
                },
                Dispersion = Text("dispersion", "gene") == "gene-batch" ? DispersionKind.GeneBatch : DispersionKind.Gene,
                Decoder = linear ? DecoderKind.Linear : DecoderKind.Network,
                ObservedLibrary = Text("use_observed_lib_size", linear ? "false" : "true") == "true",
                EncodeBatch = !linear && Text("encode_covariates", "false") == "true",
                BatchInEveryLayer = Text("deeply_inject_covariates", "true") == "true",
                EncoderNorm = linear ? HiddenNorm.Batch : Norm(batchNorm, layerNorm, "encoder"),
                DecoderNorm = Norm(batchNorm, layerNorm, "decoder"),
                DecoderBias = Text("bias", "false") == "true",
            },
            Number("n_input", 0), Number("n_batch", 1));
        var state = golden.Under("state.");
        Module.load_state_dict(Module.state_dict().Keys.ToDictionary(name => name, name => state[name])); // what the reference never uses has no counterpart
        var counts = golden["x"].to(float32);
        var dense = new DenseMatrix((int)counts.shape[0], (int)counts.shape[1], counts.data<float>().ToArray());
        Batch = new CountReader(Cells(dense), golden.Integers("batch_index")).Read([.. Enumerable.Range(0, dense.Rows)], ComputeDevice.Current);
        Noise = new ScViNoise(golden["noise_z"], golden["noise_l"]);
    }

    public ScViModule Module { get; }

    public CountBatch Batch { get; }

    public ScViNoise Noise { get; }

    private static AnnData Cells(DenseMatrix counts) => new(
        CsrMatrix.FromDense(counts), [.. Enumerable.Range(0, counts.Rows).Select(i => $"cell-{i}")], [.. Enumerable.Range(0, counts.Columns).Select(i => $"gene-{i}")]);

    private int Number(string name, int otherwise) => golden.Config[name]?.GetValue<int>() ?? otherwise;

    private string Text(string name, string otherwise) => golden.Config[name]?.ToString() ?? otherwise;

    private static HiddenNorm Norm(string batchNorm, string layerNorm, string part) =>
        (batchNorm == part || batchNorm is "both" or "true" ? HiddenNorm.Batch : HiddenNorm.None)
        | (layerNorm == part || layerNorm is "both" ? HiddenNorm.Layer : HiddenNorm.None);
}
