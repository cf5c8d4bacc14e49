using System.Globalization;
using System.Runtime.InteropServices;
using ScFm.Model.Cells;
using ScFm.Model.Corpora.Store;
using ScFm.Model.Files;
using static TorchSharp.torch;

namespace ScFm.Model.Parts;

/// <summary>The file of one part: its rows, the run that they belong to, their checksum, and how many numbers are not zero. It is there whole or not at all.</summary>
/// <param name="path">The file.</param>
/// <param name="run">The run.</param>
/// <param name="part">The number of the part.</param>
/// <param name="cells">The part's cells, a row each.</param>
internal sealed class PartFile(string path, string run, int part, int cells)
{
    private const string RowsName = "rows";
    private const string RunKey = "run";
    private const string ChecksumKey = "crc32c";
    private const string NonZerosKey = "nonzeros";

    /// <summary>True where it is there, whole as far as its length shows; a file that is cut short or of another run is deleted.</summary>
    public bool IsThere() => CountNonZeros() is not null;

    /// <summary>Keeps the rows.</summary>
    public void Write(DenseMatrix rows)
    {
        using var scope = NewDisposeScope();
        var nonZeros = rows.Values.LongLength - rows.Values.LongCount(value => value == 0);
        Safetensors.Write(path, new Dictionary<string, Tensor> { [RowsName] = tensor(rows.Values, [rows.Rows, rows.Columns]) }, new Dictionary<string, string>
        {
            [RunKey] = run,
            [ChecksumKey] = ChecksumOf(rows.Values),
            [NonZerosKey] = nonZeros.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>The rows; null where there is no file. One that is damaged or of another run is deleted.</summary>
    public DenseMatrix? Read() => Whole(() =>
    {
        using var scope = NewDisposeScope();
        var (tensors, metadata) = Safetensors.Read(path);
        if (!tensors.TryGetValue(RowsName, out var rows) || rows.shape is not [var count, var width] || count != cells || rows.dtype != ScalarType.Float32)
        {
            return null;
        }
        var values = rows.data<float>().ToArray();
        return metadata.GetValueOrDefault(RunKey) == run && metadata.GetValueOrDefault(ChecksumKey) == ChecksumOf(values) ? new DenseMatrix(cells, (int)width, values) : null;
    });

    /// <summary>How many numbers are not zero; null where there is no file. One that is cut short or of another run is deleted.</summary>
    public long? CountNonZeros() => Whole<long?>(() =>
    {
        var metadata = Safetensors.ReadMetadata(path);
        return metadata.GetValueOrDefault(RunKey) == run && long.TryParse(metadata.GetValueOrDefault(NonZerosKey), NumberStyles.None, CultureInfo.InvariantCulture, out var nonZeros) ? nonZeros : null;
    });

    /// <summary>What is read; null where there is no file. One that holds something else is deleted.</summary>
    private T? Whole<T>(Func<T?> read)
    {
        try
        {
            if (read() is { } found)
            {
                return found;
            }
        }
        catch (FileNotFoundException)
        {
            return default; // and nothing is deleted: it may come at any moment
        }
        catch (InvalidDataException)
        {
            // as if it were not there
        }
        File.Delete(path);
        return default;
    }

    /// <summary>The checksum of rows, begun from the part's number so that a part in another's place is found too.</summary>
    private string ChecksumOf(ReadOnlySpan<float> values) => Checksum.Text(Checksum.Of(MemoryMarshal.AsBytes(values), (uint)part));
}
