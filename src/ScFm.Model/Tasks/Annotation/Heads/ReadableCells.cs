using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>Cells given to a classifier; what is wrong with them is told as a wrong argument.</summary>
internal static class ReadableCells
{
    /// <summary>The cells as an encoder reads them.</summary>
    /// <exception cref="ArgumentException">The values are no raw counts, or the source or a cell has no gene of the model.</exception>
    public static IEncodableCells Of(ICellEncoder encoder, ICellSource cells, CancellationToken cancellation) => Checked(() => encoder.Read(cells, cancellation));

    /// <summary>Reads cells.</summary>
    /// <exception cref="ArgumentException">They cannot be used.</exception>
    public static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException error)
        {
            throw new ArgumentException(error.Message, error);
        }
    }
}
