namespace ScFm.Model.Models;

/// <summary>Refuses sizes that ask for more weights than their file can hold, before memory is asked for them: a damaged or hostile file names any.</summary>
internal static class WeightRoom
{
    /// <summary>Returns quietly where the file has a byte or more for every weight.</summary>
    /// <param name="weights">Weights that a model of the sizes has at least.</param>
    /// <param name="path">The file of the weights.</param>
    /// <exception cref="InvalidDataException">It has fewer bytes.</exception>
    public static void Require(long weights, string path)
    {
        if (new FileInfo(path).Length is var bytes && weights > bytes)
        {
            throw new InvalidDataException($"'{path}' has {bytes} bytes, but the sizes that go with it ask for {weights} weights or more; expected at least a byte for each.");
        }
    }
}
