namespace ScFm.Model.Files.PyTorch;

/// <summary>How a pickle names a storage: ("storage", class, key, device, number of values). The device does not matter here.</summary>
internal static class StorageId
{
    public static (TensorType? Type, string Key, long Count) Parse(object?[] id)
    {
        if (PickleValue.Argument<string>(id, 0, "the kind of a stored object") is not "storage" and var kind)
        {
            throw new InvalidDataException($"its pickle asks for a stored '{kind}'; expected a storage");
        }
        var count = PickleValue.Argument<long>(id, 4, "a storage's size");
        return count >= 0
            ? (PickleValue.Argument<StorageClass>(id, 1, "a storage's class").Type, PickleValue.Argument<string>(id, 2, "a storage's key"), count)
            : throw new InvalidDataException($"its pickle has a storage of {count} values; expected 0 or more");
    }
}
