using System.Runtime.InteropServices;
using ScFm.Model.Cells;

/// <summary>Cells as plain arrays in a folder, which both sides read.</summary>
internal static class CellFiles
{
    public static void Write(string folder, CsrMatrix expression, int[] labels)
    {
        Put<long>(folder, "offsets", expression.Offsets);
        Put<int>(folder, "indices", expression.Indices);
        Put<float>(folder, "values", expression.Values);
        Put<int>(folder, "labels", labels);
    }

    public static (CsrMatrix Expression, int[] Labels) Read(string folder)
    {
        var labels = Get<int>(folder, "labels");
        return (new CsrMatrix(labels.Length, Simulation.Genes, Get<long>(folder, "offsets"), Get<int>(folder, "indices"), Get<float>(folder, "values")), labels);
    }

    private static void Put<T>(string folder, string name, T[] values) where T : unmanaged
    {
        using var file = File.Create(Path.Combine(folder, name));
        file.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static T[] Get<T>(string folder, string name) where T : unmanaged
    {
        using var file = File.OpenRead(Path.Combine(folder, name));
        var values = new T[file.Length / Marshal.SizeOf<T>()];
        file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
