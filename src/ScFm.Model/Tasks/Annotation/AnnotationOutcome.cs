using System.Text.Json.Serialization;
using ScFm.Model.Metrics.Classification;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>What one method, fitted to one share of the labels with one seed, made of the test cells.</summary>
/// <param name="Method">The method.</param>
/// <param name="Fraction">The share of the training labels.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Option">The option that was looked at; null in the comparison itself.</param>
/// <param name="Value">Its value.</param>
/// <param name="TrainingCells">Labelled cells that were learnt from.</param>
/// <param name="Confusion">How many test cells of each type (rows) were taken for each type (columns), in the order of the study's types; in a last column, where there are any, cells that were given none.</param>
/// <param name="Novelty">How sure it was of cells of types that it knows, and of types that it does not.</param>
/// <param name="FitSeconds">Wall time of learning, pretraining included, also where an earlier fit has kept it.</param>
/// <param name="TestSeconds">Wall time of annotating the test cells.</param>
/// <param name="Parameters">Numbers that were learnt.</param>
/// <param name="Flops">Floating-point operations of learning; NaN where they are not counted.</param>
/// <param name="Notes">What the method decided, one sentence each.</param>
public sealed record AnnotationOutcome(
    string Method, double Fraction, int Seed, string? Option, string? Value, int TrainingCells, int[][] Confusion, NoveltyScore Novelty,
    double FitSeconds, double TestSeconds, long Parameters, double Flops, IReadOnlyList<string> Notes)
{
    private ConfusionMatrix? matrix;

    /// <summary>The same counts with their scores.</summary>
    [JsonIgnore]
    public ConfusionMatrix Matrix => matrix ??= new ConfusionMatrix(Confusion);
}
