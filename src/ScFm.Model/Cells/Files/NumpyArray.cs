using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace ScFm.Model.Cells.Files;

/// <summary>An array of the .npy format, versions 1 to 3, little-endian (NumPy documentation, "numpy.lib.format").</summary>
internal sealed partial class NumpyArray
{
    private readonly string type;
    private readonly byte[] data;
    private readonly string where;

    private NumpyArray(string type, string header, byte[] data, string where)
    {
        (this.type, this.data, this.where) = (type, data, where);
        Shape = [.. NumberPattern().Matches(ShapePattern().Match(header).Groups[1].Value).Select(number => int.Parse(number.Value, CultureInfo.InvariantCulture))];
        IsColumnMajor = header.Contains("'fortran_order': True", StringComparison.Ordinal);
    }

    /// <summary>The length of each dimension.</summary>
    internal int[] Shape { get; }

    /// <summary>True where the first dimension runs fastest.</summary>
    internal bool IsColumnMajor { get; }

    /// <summary>A single text, of bytes (S) or characters (U).</summary>
    internal string Text => (type[1] == 'S' ? Encoding.UTF8 : Encoding.UTF32).GetString(data).TrimEnd('\0');

    internal static NumpyArray Parse(byte[] content, string where)
    {
        if (content.Length < 12 || !content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']))
        {
            throw new InvalidDataException($"{where} is no NumPy array.");
        }
        var (start, length) = content[6] == 1 ? (10, BitConverter.ToUInt16(content, 8)) : (12, BitConverter.ToInt32(content, 8));
        var header = Encoding.UTF8.GetString(content, start, length);
        var type = DescriptionPattern().Match(header);
        return type.Success
            ? new NumpyArray(type.Groups[1].Value, header, content[(start + length)..], where)
            : throw new InvalidDataException($"{where} has the header {header.Trim()}; expected little-endian numbers or text.");
    }

    /// <summary>The numbers, converted one by one.</summary>
    internal T[] To<T>(Func<double, T> convert) => type switch
    {
        "<f4" => Cast<float, T>(value => convert(value)),
        "<f8" => Cast<double, T>(value => convert(value)),
        "<i4" => Cast<int, T>(value => convert(value)),
        "<i8" => Cast<long, T>(value => convert(value)),
        "<i2" => Cast<short, T>(value => convert(value)),
        "<u2" => Cast<ushort, T>(value => convert(value)),
        "<u4" => Cast<uint, T>(value => convert(value)),
        "|u1" => Cast<byte, T>(value => convert(value)),
        "|i1" => Cast<sbyte, T>(value => convert(value)),
        _ => throw new InvalidDataException($"{where} is an array of '{type}'; expected numbers."),
    };

    private TTo[] Cast<TFrom, TTo>(Converter<TFrom, TTo> convert) where TFrom : unmanaged =>
        Array.ConvertAll(MemoryMarshal.Cast<byte, TFrom>(data).ToArray(), convert);

    [GeneratedRegex(@"'descr':\s*'([<|][a-zA-Z]\d+)'")]
    private static partial Regex DescriptionPattern();

    [GeneratedRegex(@"'shape':\s*\(([\d,\s]*)\)")]
    private static partial Regex ShapePattern();

    [GeneratedRegex(@"\d+")]
    private static partial Regex NumberPattern();
}
