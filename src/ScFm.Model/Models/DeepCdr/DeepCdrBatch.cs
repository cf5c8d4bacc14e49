using static TorchSharp.torch;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>Some pairs of a drug and a cell line.</summary>
/// <param name="Drugs">The drugs, each once, and which of them each pair has.</param>
/// <param name="Cells">What is known of each pair's cell line, one tensor [pairs, width] a branch.</param>
internal sealed record DeepCdrBatch(DrugBatch Drugs, IReadOnlyList<Tensor> Cells);
