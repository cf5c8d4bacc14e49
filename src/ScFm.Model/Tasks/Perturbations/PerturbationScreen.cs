using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>Cells of which some were perturbed, all measured for the same genes.</summary>
/// <param name="Counts">The cells as they were counted; a foundation model reads these.</param>
/// <param name="Expression">log1p of counts per 10,000 of each cell, [cells, genes], in the order of <paramref name="Counts"/>.</param>
/// <param name="Conditions">The conditions, each once; the first is <see cref="Condition.Control"/>.</param>
/// <param name="ConditionOfCell">The condition of each cell, as its place in <paramref name="Conditions"/>.</param>
/// <param name="Contexts">In what the cells were perturbed, such as cell types or patients, each once; one where nothing tells the cells apart.</param>
/// <param name="ContextOfCell">The context of each cell, as its place in <paramref name="Contexts"/>.</param>
public sealed record PerturbationScreen(
    ICellSource Counts, CsrMatrix Expression, IReadOnlyList<Condition> Conditions, int[] ConditionOfCell, IReadOnlyList<string> Contexts, int[] ContextOfCell);
