using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks;

/// <summary>A short text that differs where cells or models differ, so that a kept result is not taken for that of others.</summary>
public static class Fingerprint
{
    private const int Bytes = 8;

    /// <summary>The fingerprint of cells: values, places and names.</summary>
    public static string Of(AnnData cells) => Of(hash =>
    {
        hash.AppendData(MemoryMarshal.AsBytes<float>(cells.X.Values));
        hash.AppendData(MemoryMarshal.AsBytes<int>(cells.X.Indices));
        hash.AppendData(MemoryMarshal.AsBytes<long>(cells.X.Offsets));
        foreach (var name in cells.VarNames.Concat(cells.ObsNames))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
        }
    });

    /// <summary>The fingerprint of a model: weights and genes.</summary>
    public static string Of(ScFoundationModel model) => Of(hash =>
    {
        foreach (var (name, weights) in model.Module.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            using var values = weights.detach().cpu().contiguous();
            hash.AppendData(values.bytes);
        }
        foreach (var gene in model.Vocabulary.Names)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(gene + "\n"));
        }
    });

    /// <summary>The fingerprint of settings in words.</summary>
    public static string Of(string settings) => Of(hash => hash.AppendData(Encoding.UTF8.GetBytes(settings)));

    private static string Of(Action<IncrementalHash> add)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        add(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, Bytes));
    }
}
