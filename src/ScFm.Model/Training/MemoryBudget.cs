using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Training;

/// <summary>The memory that a training may take, of whichever model: the cells of a forward pass are then found by trying.</summary>
/// <remarks>Like the device it is no option of a model: it says what a machine has, and a checkpoint goes on with the batches that were found for it.</remarks>
/// <example><code>
/// using (MemoryBudget.Use(new MemoryBudget(ByteSize.Parse("8GiB"))))
/// {
///     var model = GeneformerModel.Train(cells);
/// }
/// </code></example>
/// <param name="Bytes">Bytes for weights, gradients, the optimizer and all that a step computes, 1 or more.</param>
/// <param name="FillsMemory">True for steps of one forward pass of as many cells as fit; false for steps of as many cells as the options say, in as many passes as are needed. Default: false.</param>
public sealed record MemoryBudget([property: Range(1, long.MaxValue)] long Bytes, bool FillsMemory = false)
{
    private static readonly Ambient<MemoryBudget> chosen = new();

    /// <summary>What trainings that this thread begins keep to; null where nothing is limited, as by default.</summary>
    public static MemoryBudget? Current => chosen.Current;

    /// <summary>Until disposed, trainings that this thread, and what it starts, begins keep to the budget.</summary>
    /// <param name="budget">The budget; null for none.</param>
    /// <exception cref="ArgumentException">The bytes are out of range.</exception>
    public static IDisposable Use(MemoryBudget? budget) => chosen.Use(budget is null ? null : Options.Validate(budget));
}
