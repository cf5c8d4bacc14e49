using System.Text;

namespace ScFm.Model.Files.Hdf5;

/// <summary>The texts of variable length of a file, which lie in collections apart from the datasets that name them.</summary>
internal sealed class GlobalHeap(Hdf5Image image)
{
    private const string What = "a collection of texts";
    private const int MostKept = 64;

    // Text lies in the order in which it was written, so few collections are in use at once.
    private readonly Dictionary<long, Dictionary<int, string>> collections = [];
    private readonly Lock gate = new();

    /// <summary>The texts that elements of a dataset or an attribute name.</summary>
    /// <param name="elements">For each its length, the collection's address and its number there.</param>
    /// <param name="texts">Gets one text an element.</param>
    internal void Read(ReadOnlySpan<byte> elements, Span<string> texts)
    {
        var cursor = new Hdf5Cursor(elements, image, "a text's place");
        for (var i = 0; i < texts.Length; i++)
        {
            var (length, address, number) = (cursor.UInt32(), cursor.Address(), (int)cursor.UInt32());
            texts[i] = length == 0 || address is 0 or Hdf5Image.Nowhere ? "" : Find(address, number);
        }
    }

    private string Find(long address, int number)
    {
        lock (gate)
        {
            if (!collections.TryGetValue(address, out var collection))
            {
                if (collections.Count == MostKept)
                {
                    collections.Clear();
                }
                collections[address] = collection = Parse(address);
            }
            return collection.TryGetValue(number, out var text) ? text : throw image.Damage($"{What} at {address} without the text {number}");
        }
    }

    private Dictionary<int, string> Parse(long address)
    {
        var prefix = image.At(address, 8 + image.LengthSize, What);
        prefix.ExpectSignature("GCOL");
        prefix.ExpectByte(1, "version");
        prefix.Skip(3);
        var cursor = image.At(address, prefix.Length(), What);
        cursor.Skip(Math.Min(cursor.Left, prefix.Position));
        var found = new Dictionary<int, string>();
        while (cursor.Left >= 8 + image.LengthSize)
        {
            var number = cursor.UInt16();
            cursor.Skip(6);
            var size = cursor.Length();
            if (number == 0) // the free space at the end
            {
                break;
            }
            var bytes = cursor.Bytes(size);
            found[number] = Encoding.UTF8.GetString(bytes.IndexOf((byte)0) is >= 0 and var end ? bytes[..end] : bytes);
            cursor.Align();
        }
        return found;
    }
}
