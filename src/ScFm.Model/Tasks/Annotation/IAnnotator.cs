using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>A way of learning cell types from labelled cells: a row of the comparison's tables.</summary>
public interface IAnnotator
{
    /// <summary>What it is called in tables, such as "scBERT, not pretrained".</summary>
    string Name { get; }

    /// <summary>Every hyper-parameter, as readable text: it stands in the report, and what was kept under other settings is fitted anew.</summary>
    string Settings { get; }

    /// <summary>Learns the types.</summary>
    /// <param name="cells">The cells with the labels that may be used. What it stops early on or chooses a penalty by, it takes from these.</param>
    /// <param name="unlabelled">All cells to pretrain on, the labelled ones among them without their labels, never those that are tested; null where there are none but the labelled ones.</param>
    /// <param name="seed">Fixes all that is random.</param>
    /// <param name="progress">Told of each step of a training.</param>
    /// <param name="cancellation">Stops the fitting.</param>
    /// <exception cref="ArgumentException">The cells cannot be learnt from, such as fewer than two types.</exception>
    /// <exception cref="InvalidDataException">The values are no raw counts, or the cells have no gene of a given model.</exception>
    ICellClassifier Fit(LabelledCells cells, ICellSource? unlabelled, int seed, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default);
}
