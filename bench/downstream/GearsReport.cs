/// <summary>The table of GEARS.</summary>
internal static class GearsReport
{
    /// <summary>The text.</summary>
    /// <param name="agreement">How far both sides are apart.</param>
    /// <param name="ours">Our epoch.</param>
    /// <param name="peer">The peer's.</param>
    public static string Text(GearsAgreement agreement, Measurement ours, Measurement peer)
    {
        var ratio = peer.Seconds / ours.Seconds;
        return string.Join('\n',
        [
            "# GEARS beside plain PyTorch",
            "",
            $"A training epoch over {GearsRow.Cells:N0} cells x {GearsRow.Genes:N0} genes with {GearsRow.Perturbations} perturbed genes, vectors of {GearsRow.Width} numbers and {GearsRow.Neighbours} neighbours of a gene, in batches of {GearsRow.BatchSize}: {GearsRow.Steps} steps are timed after a warm-up, and multiplied. Medians of {GearsRow.Rounds} processes.",
            "",
            "| row | ScFm, s | PyTorch, s | ratio | wanted | | ScFm, cells/s | ScFm, GiB | PyTorch, GiB |",
            "|---|---|---|---|---|---|---|---|---|",
            $"| GEARS | {ours.Seconds:0.0} | {peer.Seconds:0.0} | {ratio:0.00} | {GearsRow.Wanted:0.0} | {(ratio >= GearsRow.Wanted ? "met" : "not met")} | {GearsRow.Cells / ours.Seconds:0} | {ours.PeakMemory:0.00} | {peer.PeakMemory:0.00} |",
            "",
            $"With the same weights and cells both sides differ by {agreement.Loss:0.0e+0} of the loss and at most {agreement.Gradient:0.0e+0} of a tensor's largest gradient.",
            "The peer is written in the manner of the published code: genes of all cells are nodes of one graph, perturbations are added cell by cell, and the loss is a loop over the batch's perturbations; but the graph reaches every cell, as ours does, and not the first alone. Ours computes what the cells share once a batch, and reads each batch from sparse counts within the time; the peer's stay the same in memory.",
        ]);
    }
}
