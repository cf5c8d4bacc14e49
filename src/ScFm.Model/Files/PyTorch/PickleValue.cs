using System.Numerics;

namespace ScFm.Model.Files.PyTorch;

/// <summary>What the values of a pickle are called in errors, and the checks that they are what they should be.</summary>
internal static class PickleValue
{
    /// <summary>The value as a type.</summary>
    /// <exception cref="InvalidDataException">It is of another type.</exception>
    public static T As<T>(object? value, string what) =>
        value is T wanted ? wanted : throw new InvalidDataException($"its pickle has {Name(value)} as {what}; expected {Name(typeof(T))}");

    /// <summary>A tuple or list of whole numbers.</summary>
    public static long[] Wholes(object? value, string what) => value switch
    {
        object?[] tuple => Array.ConvertAll(tuple, item => As<long>(item, what)),
        List<object?> list => [.. list.Select(item => As<long>(item, what))],
        _ => throw new InvalidDataException($"its pickle has {Name(value)} as {what}; expected a tuple of whole numbers"),
    };

    /// <summary>An argument of a call.</summary>
    public static T Argument<T>(object?[] arguments, int place, string what) =>
        As<T>(place < arguments.Length ? arguments[place] : throw new InvalidDataException($"its pickle makes a value of {arguments.Length} parts without {what}"), what);

    /// <summary>The type as Python says it.</summary>
    public static string Name(object? value) => value is null ? "None" : Name(value.GetType());

    /// <summary>How many parts a copy of the value has.</summary>
    public static long Length(object? value) => value switch
    {
        string text => text.Length,
        byte[] bytes => bytes.Length,
        object?[] tuple => tuple.Length,
        List<object?> list => list.Count,
        _ => 1,
    };

    private static string Name(Type type) => type switch
    {
        _ when type == typeof(bool) => "a bool",
        _ when type == typeof(long) || type == typeof(BigInteger) => "an int",
        _ when type == typeof(double) => "a float",
        _ when type == typeof(string) => "a str",
        _ when type == typeof(byte[]) => "bytes",
        _ when type == typeof(object[]) => "a tuple",
        _ when type == typeof(List<object?>) => "a list",
        _ when type == typeof(HashSet<object?>) => "a set",
        _ when type == typeof(PythonDictionary) => "a dict",
        _ when type == typeof(CheckpointTensor) || type == typeof(NumpyArray) => "a tensor",
        _ when type == typeof(TensorType) => "a dtype",
        _ when type == typeof(TypedStorage) => "a storage",
        _ => "a class or function",
    };
}
