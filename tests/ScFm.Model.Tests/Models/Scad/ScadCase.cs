using ScFm.Model.Models.Scad;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.Scad;

/// <summary>The fixture of SCAD as this project's module.</summary>
/// <remarks>
/// The fixture keeps one state under three names: its weights, the state after one step and that after three are all the last. What it computed belongs to the weights before the steps, which are drawn here as its
/// maker drew them: the layers in the reference's order under one seed, batch norms off their neutral values under the next. Evaluation, gradients and losses agree with these alone.
/// </remarks>
internal sealed class ScadCase
{
    private const int LayersSeed = 63;
    private const double Spread = 0.2;
    private const string Discarded = "the discriminator's first layer, which the reference makes and replaces";

    private readonly Golden golden = Golden.Read("scad_tiny");

    public ScadCase()
    {
        int Size(string name) => golden.Config[name]!.GetValue<int>();
        var (features, hidden, latent) = (Size("input"), Size("h_dim"), Size("z_dim"));
        Module = new ScadModule(new ScadConfig { Features = features, Hidden = hidden, Latent = latent, Dropout = golden.Config["dropout"]!.GetValue<double>() });
        var state = Module.state_dict();
        manual_seed(LayersSeed);
        foreach (var (layer, inputs, outputs) in ((string, int, int)[])
        [
            ("extractor.dense", features, hidden), ("latent.dense", hidden, latent), .. Layers("predictor", latent), (Discarded, hidden, 1), .. Layers("discriminator", hidden),
        ])
        {
            var drawn = nn.Linear(inputs, outputs);
            if (layer != Discarded)
            {
                Set(layer + ".weight", drawn.weight!);
                Set(layer + ".bias", drawn.bias!);
            }
        }
        manual_seed(LayersSeed + 1);
        foreach (var (norm, width) in new[] { ("extractor.norm", hidden), ("latent.norm", latent) })
        {
            Set(norm + ".weight", 1 + Spread * randn(width));
            Set(norm + ".bias", Spread * randn(width));
            Set(norm + ".running_mean", Spread * randn(width));
            Set(norm + ".running_var", 0.5 + rand(width));
        }

        void Set(string name, Tensor value)
        {
            using var unrecorded = no_grad();
            state[name].copy_(value);
        }
    }

    public ScadModule Module { get; }

    public double DomainWeight => golden.Config["lam1"]!.GetValue<double>();

    public Tensor this[string name] => golden[name];

    public bool Has(string name) => golden.Has(name);

    public ScadLoss Loss() => Module.Loss(golden["xs"], golden["ys"].squeeze(1), golden["xt"]);

    /// <summary>The reference's name of one of the module's tensors.</summary>
    public static string Theirs(string name)
    {
        string[] parts = name.Split('.'); // predictor.layers.0.weight
        return (parts[0], parts[1]) switch
        {
            ("extractor", "dense") => $"Gen.EnE.0.{parts[2]}",
            ("extractor", _) => $"Gen.EnE.1.{parts[2]}",
            ("latent", "dense") => $"Map.Sh.{parts[2]}",
            ("latent", _) => $"Map.bn1.{parts[2]}",
            (var network, var layers) => $"{(network == "predictor" ? "Map.Predictor" : "DG.D1")}.{(layers == "output" ? 9 : 3 * int.Parse(parts[2]))}.{parts[^1]}",
        };
    }

    private static IEnumerable<(string Layer, int Inputs, int Outputs)> Layers(string network, int width) =>
        [.. Enumerable.Range(0, 3).Select(layer => ($"{network}.layers.{layer}", width, width)), ($"{network}.output", width, 1)];
}
