namespace ScFm.Model.Files.PyTorch;

/// <summary>Hashes the members of a set with the process's own random seed: the runtime's hash of a number is known, and a file could choose many numbers of one hash.</summary>
internal sealed class PickleHash : IEqualityComparer<object?>
{
    public static PickleHash Instance { get; } = new();

    bool IEqualityComparer<object?>.Equals(object? x, object? y) => Equals(x, y);

    public int GetHashCode(object? value) => value switch
    {
        long whole => Mixed(whole),
        double number => Mixed(BitConverter.DoubleToInt64Bits(number == 0 ? 0 : double.IsNaN(number) ? double.NaN : number)), // zeros are equal, and so is what is no number
        _ => value?.GetHashCode() ?? 0,
    };

    private static int Mixed(long bits) => HashCode.Combine((int)bits, (int)(bits >> 32));
}
