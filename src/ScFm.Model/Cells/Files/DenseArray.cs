namespace ScFm.Model.Cells.Files;

/// <summary>Reads a dense matrix as numpy.save writes it; it has no names, so cells and genes are numbered.</summary>
internal static class DenseArray
{
    internal static AnnData Read(string path)
    {
        var array = NumpyArray.Parse(File.ReadAllBytes(path), path);
        if (array.Shape is not [var rows, var columns])
        {
            throw new InvalidDataException($"{path} is an array of {array.Shape.Length} dimensions; expected two, cells by genes.");
        }
        var values = array.To(Convert.ToSingle);
        if (values.LongLength != (long)rows * columns)
        {
            throw new InvalidDataException($"{path} has {values.LongLength} values; expected {(long)rows * columns}, for {rows} x {columns}.");
        }
        var x = array.IsColumnMajor
            ? CsrMatrix.FromDense(new DenseMatrix(columns, rows, values)).Transpose()
            : CsrMatrix.FromDense(new DenseMatrix(rows, columns, values));
        return new AnnData(x, NumberedNames.Of(rows), NumberedNames.Of(columns));
    }
}
