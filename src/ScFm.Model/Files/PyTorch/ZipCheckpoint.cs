using System.Text;

namespace ScFm.Model.Files.PyTorch;

/// <summary>The format of torch.save since PyTorch 1.6: a zip file with the pickle in NAME/data.pkl and each storage in NAME/data/KEY.</summary>
/// <remarks>Source: PyTorch's documentation "Serialization semantics".</remarks>
internal sealed class ZipCheckpoint
{
    private const string PickleName = "data.pkl";

    private readonly CheckpointFile file;
    private readonly ZipDirectory zip;
    private readonly string folder;

    private ZipCheckpoint(CheckpointFile file, ZipDirectory zip, string folder) => (this.file, this.zip, this.folder) = (file, zip, folder);

    public static object? Read(CheckpointFile file)
    {
        var zip = ZipDirectory.Read(file);
        string[] pickles = [.. zip.Names.Where(name => name == PickleName || name.EndsWith("/" + PickleName, StringComparison.Ordinal))];
        if (pickles.Length != 1)
        {
            throw new InvalidDataException($"it is a zip file with {pickles.Length} entries {PickleName}; expected one, as torch.save writes");
        }
        var folder = pickles[0][..^PickleName.Length];
        if (zip.Find(folder + "constants.pkl") is not null)
        {
            throw new InvalidDataException("it is a TorchScript program; expected values that torch.save wrote");
        }
        var checkpoint = new ZipCheckpoint(file, zip, folder);
        checkpoint.RequireLittleEndian();
        var (position, length) = zip.Find(pickles[0])!.Value;
        return new PickleMachine(new PickleInput(file, position, length), checkpoint.Storage).Run();
    }

    private void RequireLittleEndian()
    {
        if (zip.Find(folder + "byteorder") is not { } mark)
        {
            return;
        }
        var order = Encoding.UTF8.GetString(file.Read(mark.Position, (int)Math.Min(mark.Length, 32)));
        if (order != "little")
        {
            throw new InvalidDataException($"it was written in the byte order '{order}'; expected 'little'");
        }
    }

    private TypedStorage Storage(object? id)
    {
        var (type, key, count) = StorageId.Parse(PickleValue.As<object?[]>(id, "a storage"));
        var (position, length) = zip.Find($"{folder}data/{key}") ?? throw new InvalidDataException($"it has no zip entry '{folder}data/{key}', which its pickle asks for");
        var expected = (Int128)count * (type?.Bytes ?? 1);
        return length == expected
            ? new TypedStorage(new FileStorage(file, length) { Position = position }, type)
            : throw new InvalidDataException($"its zip entry '{folder}data/{key}' has {length} bytes; expected {expected} for {count} values");
    }
}
