using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

/// <summary>The standard normal numbers by which latent variables are drawn from their posterior.</summary>
/// <param name="Latent">For the latent space, [B, latent].</param>
/// <param name="Library">For the library size, [B, 1]; unused where it is observed.</param>
public sealed record ScViNoise(Tensor Latent, Tensor Library)
{
    /// <summary>Draws on the CPU, so that a seed gives the same numbers on every device.</summary>
    /// <param name="cells">Number of cells, B.</param>
    /// <param name="module">The module whose device and latent space it is for.</param>
    /// <param name="generator">The source of chance. Default: torch's own.</param>
    public static ScViNoise Draw(long cells, ScViModule module, Generator? generator = null) => new(
        randn(cells, module.Config.Latent, generator: generator).to(module.Device),
        randn(cells, 1, generator: generator).to(module.Device));
}
