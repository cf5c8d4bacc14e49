namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>What one method said of one fold with one seed.</summary>
/// <param name="Problem">The problem's name.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Fold">The fold, from 0.</param>
/// <param name="Auroc">Area under the receiver operating characteristic of the cells that are scored; 0.5 by chance.</param>
/// <param name="Aupr">Average precision of these cells; the share of the class by chance.</param>
/// <param name="SourceAuroc">AUROC of the source samples that were left out; NaN where it is not known.</param>
/// <param name="Cells">The cells' names.</param>
/// <param name="Truth">Whether each belongs to the class.</param>
/// <param name="Predicted">How likely each was said to.</param>
/// <param name="Seconds">Wall time; NaN where it is not known.</param>
public sealed record SensitivityOutcome(
    string Problem, string Method, int Seed, int Fold, double Auroc, double Aupr, double SourceAuroc, string[] Cells, bool[] Truth, float[] Predicted, double Seconds);
