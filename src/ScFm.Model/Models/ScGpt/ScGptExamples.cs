namespace ScFm.Model.Models.ScGpt;

/// <summary>Cells to train or to validate on, and what is known of each.</summary>
/// <param name="Reader">Reads them.</param>
/// <param name="Cells">Which cells of the source.</param>
/// <param name="Types">The type of each, as a place among the model's; null where types are not learnt.</param>
/// <param name="Batches">The batch of each, as a place among the model's; null where the model need not know.</param>
internal sealed record ScGptExamples(ScGptReader Reader, int[] Cells, long[]? Types, long[]? Batches);
