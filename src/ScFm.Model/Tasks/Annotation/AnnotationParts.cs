namespace ScFm.Model.Tasks.Annotation;

/// <summary>Cells told apart for annotation, as places in the cells of the study, ascending.</summary>
/// <param name="Training">Labelled cells to learn from.</param>
/// <param name="Test">Labelled cells to test on.</param>
/// <param name="Unlabelled">Cells without a label that were not set aside with the test cells: they may be pretrained on.</param>
/// <param name="Notes">What was left out and why, one sentence each.</param>
public sealed record AnnotationParts(int[] Training, int[] Test, int[] Unlabelled, IReadOnlyList<string> Notes);
