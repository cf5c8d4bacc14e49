namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>What one method predicted on one split with one seed.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Seed">The seed.</param>
/// <param name="All">The score over all pairs.</param>
/// <param name="WithinDrugs">The mean of the drugs' own scores.</param>
/// <param name="WithinTypes">The mean of the cancer types' own scores.</param>
/// <param name="Drugs">The drug of each pair.</param>
/// <param name="Cells">The cell line of each pair.</param>
/// <param name="Truth">Each pair's measured response.</param>
/// <param name="Predicted">Each pair's predicted response.</param>
/// <param name="Known">Pairs that were trained on or validated on.</param>
/// <param name="Seconds">Wall time.</param>
public sealed record ResponseOutcome(
    string Split, string Method, int Seed, ResponseScore All, ResponseScore WithinDrugs, ResponseScore WithinTypes, string[] Drugs, string[] Cells, float[] Truth, float[] Predicted, int Known, double Seconds);
