using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Corpora;

/// <summary>How a <see cref="CorpusLoader"/> reads.</summary>
public sealed record LoaderOptions
{
    /// <summary>Cells in a batch, 1 or more. Default: 128.</summary>
    [Range(1, 65_536)] public int BatchSize { get; init; } = 128;

    /// <summary>Threads that read, 1 or more. Default: one a processor, at most 8.</summary>
    [Range(1, 256)] public int Threads { get; init; } = Math.Min(Environment.ProcessorCount, 8);

    /// <summary>Batches that are held at most, the one in use among them, 2 or more. Default: 8.</summary>
    [Range(2, 4096)] public int Batches { get; init; } = 8;

    /// <summary>True to write out the zeros too, [cells, genes]. Default: false.</summary>
    public bool Dense { get; init; }

    /// <summary>True for memory that a GPU copies from without waiting; it needs CUDA. Default: false.</summary>
    public bool Pinned { get; init; }
}
