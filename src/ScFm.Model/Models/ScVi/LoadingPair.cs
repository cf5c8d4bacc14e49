namespace ScFm.Model.Models.ScVi;

/// <summary>Two latent variables, one of each of two models, that move the same genes.</summary>
/// <param name="First">The variable of the first model, from 0.</param>
/// <param name="Second">The variable of the second model, from 0.</param>
/// <param name="Cosine">The cosine of their loadings over the genes that both models have, -1 to 1; negative where one is the other turned round.</param>
/// <param name="PValue">How likely any two variables would be as alike if the second model's genes were exchanged at random, above 0 to 1.</param>
public sealed record LoadingPair(int First, int Second, double Cosine, double PValue);
