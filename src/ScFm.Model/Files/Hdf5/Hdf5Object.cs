namespace ScFm.Model.Files.Hdf5;

/// <summary>A group or a dataset of an HDF5 file that is read.</summary>
internal sealed partial class Hdf5Object
{
    private const int MostNesting = 64;

    private readonly Hdf5Image image;
    private readonly GlobalHeap texts;
    private readonly Hdf5Object? parent;
    private readonly string path;
    private readonly long address;
    private readonly Hdf5Storage? storage;
    private readonly Lazy<SortedDictionary<string, long>> links;
    private readonly Lazy<Dictionary<string, Hdf5Attribute>> attributes;

    internal Hdf5Object(Hdf5Image image, GlobalHeap texts, long address) : this(image, texts, null, "", address) { }

    private Hdf5Object(Hdf5Image image, GlobalHeap texts, Hdf5Object? parent, string path, long address)
    {
        (this.image, this.texts, this.parent, this.path, this.address) = (image, texts, parent, path, address);
        var header = ObjectHeader.Read(image, address);
        storage = header.Find(HeaderMessage.Layout) is { } layout ? OpenStorage(header, layout) : null;
        IsGroup = storage is null && (header.Find(HeaderMessage.SymbolTable) ?? header.Find(HeaderMessage.LinkInfo) ?? header.Find(HeaderMessage.Link)) is not null;
        links = new(() => GroupLinks.Read(image, header));
        attributes = new(() => Hdf5Attribute.ReadAll(image, header));
    }

    /// <summary>The file and the place in it, for errors.</summary>
    internal string Where => $"{image.Path}: {(path == "" ? "/" : path)}";

    /// <summary>Bytes of the file.</summary>
    internal long FileBytes => image.Length;

    /// <summary>The last part of the path.</summary>
    internal string Name => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>The path in the file, without the first slash.</summary>
    internal string Path => path.TrimStart('/');

    /// <summary>True for a group, false for a dataset.</summary>
    internal bool IsGroup { get; }

    /// <summary>The names in a group, in alphabetical order; none in a dataset.</summary>
    internal string[] Children => IsGroup ? [.. links.Value.Keys] : [];

    /// <summary>Opens a member of a group; null where there is none.</summary>
    internal Hdf5Object? Find(string name)
    {
        if (!IsGroup || !links.Value.TryGetValue(name, out var at))
        {
            return null;
        }
        if (at == Hdf5Image.Nowhere)
        {
            throw new Hdf5Exception($"{Where} has '{name}' as a link to another name or file, which is not followed; expected the data themselves.");
        }
        var depth = 0;
        for (var above = this; above is not null; above = above.parent, depth++)
        {
            if (above.address == at || depth > MostNesting)
            {
                throw image.Damage($"the group {path}/{name} inside itself, or {MostNesting} groups inside one another");
            }
        }
        image.ExpectFewOpened();
        return new Hdf5Object(image, texts, this, $"{path}/{name}", at);
    }

    /// <summary>Opens a member of a group.</summary>
    /// <exception cref="Hdf5Exception">There is none; the message lists those there are.</exception>
    internal Hdf5Object Open(string name) => Find(name)
        ?? throw new Hdf5Exception($"{Where} has no '{name}'; it has {(IsGroup ? string.Join(", ", Children.Take(10)) : "no members, being an array")}.");

    /// <summary>An attribute of text; null where there is none.</summary>
    internal string? TextAttribute(string name) => TextsAttribute(name) is [var text, ..] ? text : null;

    /// <summary>An attribute of several texts; null where there is none or it holds something else.</summary>
    internal string[]? TextsAttribute(string name)
    {
        if (!attributes.Value.TryGetValue(name, out var attribute))
        {
            return null;
        }
        return attribute.Type.Class == Hdf5Class.Text ? Texts(attribute.Content, attribute.Type, (int)attribute.Space.Count)
            : attribute.Space.Count == 0 ? [] : null; // an empty list is written as an empty array of numbers
    }

    /// <summary>An attribute of whole numbers or of yes and no; null where there is none.</summary>
    internal long[]? IntegersAttribute(string name)
    {
        if (!attributes.Value.TryGetValue(name, out var attribute) || !attribute.Type.IsNumber)
        {
            return null;
        }
        var numbers = new long[attribute.Space.Count];
        NumberConversion.Convert<long>([.. attribute.Content], attribute.Type, numbers);
        return numbers;
    }

    private Hdf5Storage OpenStorage(ObjectHeader header, HeaderMessage layout)
    {
        var (type, space) = (header.Find(HeaderMessage.Datatype), header.Find(HeaderMessage.Dataspace));
        return type is not null && space is not null
            ? new Hdf5Storage(image, address, header, layout, Datatype.Parse(image, header.Open(type, "a type")), Dataspace.Parse(image, header.Open(space, "a shape")), Where)
            : throw image.Damage($"{Where} without a type or a shape");
    }
}
