namespace ScFm.Model.Models.ScGpt;

/// <summary>A cell as the model reads it: tokens of genes with the bins of their values, in no order that means anything.</summary>
/// <param name="Tokens">&lt;cls&gt;, then the genes.</param>
/// <param name="Values">The bin of each; beside &lt;cls&gt; what the model's options say.</param>
public sealed record ScGptCell(int[] Tokens, float[] Values);
