using System.Text;
using ScFm.Model.Cells;

namespace ScFm.Model.Tests.Cells;

/// <summary>Dense matrices as numpy.save writes them.</summary>
public sealed class DenseArrayTests
{
    [Theory]
    [InlineData(false, new float[] { 1, 0, 2, 0, 5, 0 })]
    [InlineData(true, new float[] { 1, 0, 0, 5, 2, 0 })]
    public void Both_orders_of_the_values_give_the_same_cells(bool columnMajor, float[] values)
    {
        using var folder = new TemporaryFolder();
        var cells = AnnDataReader.Read(Write(folder, columnMajor, "(2, 3)", values));
        Assert.Equal([1f, 0, 2, 0, 5, 0], cells.X.ToDense().Values);
        Assert.Equal(["0", "1"], cells.ObsNames);
        Assert.Equal(["0", "1", "2"], cells.VarNames);
    }

    [Fact]
    public void Other_shapes_are_refused_with_what_was_expected()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, columnMajor: false, "(6,)", [1, 2, 3, 4, 5, 6]);
        Assert.Equal($"{path} is an array of 1 dimensions; expected two, cells by genes.", Assert.Throws<InvalidDataException>(() => AnnDataReader.Read(path)).Message);
        path = Write(folder, columnMajor: false, "(2, 4)", [1, 2, 3, 4, 5, 6]);
        Assert.Equal($"{path} has 6 values; expected 8, for 2 x 4.", Assert.Throws<InvalidDataException>(() => AnnDataReader.Read(path)).Message);
    }

    private static string Write(TemporaryFolder folder, bool columnMajor, string shape, float[] values)
    {
        var header = $"{{'descr': '<f4', 'fortran_order': {columnMajor}, 'shape': {shape}, }}\n";
        byte[] content = [0x93, .. Encoding.ASCII.GetBytes("NUMPY"), 1, 0, .. BitConverter.GetBytes((ushort)header.Length), .. Encoding.ASCII.GetBytes(header), .. values.SelectMany(BitConverter.GetBytes)];
        File.WriteAllBytes(folder.File("matrix.npy"), content);
        return folder.File("matrix.npy");
    }
}
