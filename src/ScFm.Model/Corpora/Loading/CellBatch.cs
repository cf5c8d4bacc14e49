using System.Runtime.InteropServices;
#if TORCH_EXTRAS
using ScFm.Torch.Extras;
#endif
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Corpora;

/// <summary>A batch of cells as tensors on the processor: values in compressed rows and, where that was asked for, dense. Valid until the next batch is asked for.</summary>
public sealed class CellBatch : IDisposable
{
    private readonly bool isPinned;
    private readonly Tensor offsetsMemory;
    private readonly Tensor? denseMemory;
    private readonly int genes;
    private readonly int[] cells;
#if TORCH_EXTRAS
    private StreamMark? sent;
#endif
    private Tensor genesMemory;
    private Tensor valuesMemory;
    private int count;

    /// <summary>Makes room.</summary>
    /// <param name="cells">Cells at most.</param>
    /// <param name="genes">Number of genes.</param>
    /// <param name="isDense">True where <see cref="Dense"/> is wanted.</param>
    /// <param name="isPinned">True for pinned memory.</param>
    internal CellBatch(int cells, int genes, bool isDense, bool isPinned)
    {
        if (isDense && (long)cells * genes * sizeof(float) > int.MaxValue)
        {
            throw new ArgumentException($"A dense batch of {cells} cells x {genes} genes takes {(long)cells * genes * sizeof(float)} bytes; expected less than 2 GiB: {int.MaxValue / sizeof(float) / genes} cells at most.", nameof(cells));
        }
        (this.genes, this.isPinned, this.cells) = (genes, isPinned, new int[cells]);
        offsetsMemory = Memory(ScalarType.Int64, cells + 1);
        denseMemory = isDense ? Memory(ScalarType.Float32, cells, genes) : null;
        (genesMemory, valuesMemory) = (Memory(ScalarType.Int64, 0), Memory(ScalarType.Float32, 0));
        (Offsets, Genes, Values) = (offsetsMemory, genesMemory, valuesMemory);
    }

    /// <summary>Which cells these are, in order.</summary>
    public ReadOnlySpan<int> Cells => cells.AsSpan(0, count);

    /// <summary>Where the values of each cell begin, and their number at the end: [cells + 1], int64.</summary>
    public Tensor Offsets { get; private set; }

    /// <summary>The gene of each value, ascending within a cell: [values], int64.</summary>
    public Tensor Genes { get; private set; }

    /// <summary>The values, one cell after another: [values], float32.</summary>
    public Tensor Values { get; private set; }

    /// <summary>The same with zeros: [cells, genes], float32; null where it was not asked for.</summary>
    public Tensor? Dense { get; private set; }

    /// <summary>A copy on a device, which stays valid. From pinned memory to a card it is made without waiting, and this batch's memory is not written to before it is made.</summary>
    /// <param name="device">Where to.</param>
    /// <returns>Offsets, genes, values and, where it was asked for, the dense form.</returns>
    public (Tensor Offsets, Tensor Genes, Tensor Values, Tensor? Dense) CopyTo(Device device)
    {
        var copy = (Copied(Offsets), Copied(Genes), Copied(Values), Dense is null ? null : Copied(Dense));
        Sent(device);
        return copy;

        Tensor Copied(Tensor tensor) => tensor.to(device, copy: true, non_blocking: isPinned);
    }

    /// <summary>Returns when no copy is under way any more.</summary>
    internal void AwaitCopies()
    {
#if TORCH_EXTRAS
        sent?.Wait();
        sent?.Dispose();
        sent = null;
#endif
    }

#if TORCH_EXTRAS
    private void Sent(Device device)
    {
        if (isPinned && device.type == DeviceType.CUDA)
        {
            sent?.Dispose();
            sent = new StreamMark(device);
        }
    }
#else
    private void Sent(Device device)
    {
        if (isPinned && device.type == DeviceType.CUDA)
        {
            cuda.synchronize(device);
        }
    }
#endif

    /// <summary>The gene of each value, as memory.</summary>
    internal Span<long> GeneSpan => Of<long>(genesMemory);

    /// <summary>The values, as memory.</summary>
    internal Span<float> ValueSpan => Of<float>(valuesMemory);

    /// <summary>Where each cell's values begin, as memory: one more than there are cells.</summary>
    internal Span<long> OffsetSpan => Of<long>(offsetsMemory)[..(count + 1)];

    /// <summary>Takes cells; what they hold is to be written into <see cref="OffsetSpan"/> next.</summary>
    internal void Begin(ReadOnlySpan<int> wanted)
    {
        count = wanted.Length;
        wanted.CopyTo(cells);
    }

    /// <summary>Makes room for so many values.</summary>
    internal void Reserve(long values)
    {
        if (valuesMemory.numel() >= values)
        {
            return;
        }
        var room = values + values / 4; // batches differ a little; so a few of them settle the room
        genesMemory.Dispose();
        valuesMemory.Dispose();
        (genesMemory, valuesMemory) = (Memory(ScalarType.Int64, room), Memory(ScalarType.Float32, room));
    }

    /// <summary>Writes the dense form, where it is wanted, of what offsets, genes and values hold.</summary>
    internal void WriteDense()
    {
        if (denseMemory is null)
        {
            return;
        }
        var dense = Of<float>(denseMemory);
        var geneOf = GeneSpan;
        var values = ValueSpan;
        var offsets = OffsetSpan;
        for (var cell = 0; cell < count; cell++)
        {
            var row = dense.Slice(cell * genes, genes);
            row.Clear();
            for (var i = (int)offsets[cell]; i < (int)offsets[cell + 1]; i++)
            {
                row[(int)geneOf[i]] = values[i];
            }
        }
    }

    /// <summary>Shows what was written as tensors.</summary>
    internal void Show()
    {
        var values = OffsetSpan[^1];
        Offsets = View(offsetsMemory, count + 1);
        Genes = View(genesMemory, values);
        Values = View(valuesMemory, values);
        Dense = denseMemory is null ? null : View(denseMemory, count);
    }

    /// <summary>Lets go of the tensors that were shown.</summary>
    internal void Hide()
    {
        Offsets.Dispose();
        Genes.Dispose();
        Values.Dispose();
        Dense?.Dispose();
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        AwaitCopies();
        Hide();
        offsetsMemory.Dispose();
        genesMemory.Dispose();
        valuesMemory.Dispose();
        denseMemory?.Dispose();
    }

    // Threads have scopes of their own: none of these tensors belongs to one.
    private Tensor Memory(ScalarType type, params long[] shape)
    {
        var plain = empty(shape, type).DetachFromDisposeScope();
        if (!isPinned)
        {
            return plain;
        }
        using (plain)
        {
            return plain.pin_memory().DetachFromDisposeScope();
        }
    }

    private static Tensor View(Tensor memory, long length) => memory.narrow(0, 0, length).DetachFromDisposeScope();

    private static Span<T> Of<T>(Tensor memory) where T : unmanaged => MemoryMarshal.Cast<byte, T>(memory.bytes);
}
