using System.Diagnostics;
using System.IO.Compression;
using ScFm.Model.Files.PyTorch;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Files.PyTorch;

/// <summary>Damaged and malicious checkpoints: one sentence that names the file, nothing is run, and no memory is taken for what is not there.</summary>
public sealed class HostilePickleTests
{
    private static readonly (string Name, byte[] Content) SixFloats = ("archive/data/0", new byte[24]);

    /// <summary>What is wrong, the pickle, a part of the message.</summary>
    public static TheoryData<string, byte[], string> Pickles => new()
    {
        { "a call of the system", P().Global("os", "system").Text("touch /tmp/hacked").Op(0x85).Op("R."), "asks for os.system, which was not run" },
        { "the same by another name", P().Global("posix", "system").Text("x").Op(0x85).Op("R."), "asks for posix.system, which was not run" },
        { "the same from the stack", P().Text("builtins").Text("eval").Op(0x93).Text("1").Op(0x85).Op("R."), "asks for builtins.eval, which was not run" },
        { "a name with a line of its own", P().Text("a\nb").Text("c").Op(0x93).Op("."), "asks for a?b.c, which was not run" },
        { "a function of torch", P().Global("torch", "load").Text("x").Op(0x85).Op("R."), "asks for torch.load, which was not run" },
        { "an object of a class", P().Global("subprocess", "Popen").Op(")").Op(0x81).Op("."), "asks for subprocess.Popen, which was not run" },
        { "the old way to make an object", P().Op("(").Text("ls").Op("ios\nsystem\n."), "has the byte 0x69 at" },
        { "an extension", P().Op(0x82, 1).Op("."), "has the byte 0x82 at" },
        { "a byte that is no instruction", P().Op(0xFF), "has the byte 0xFF at" },
        { "a call of a number", P().Whole(1).Op(")R."), "has an int as what is called; expected a class or function" },
        { "a call without a tuple", P().Global("torch", "Size").Whole(1).Op("R."), "has an int as arguments; expected a tuple" },
        { "a call of a type", P().Global("torch", "FloatStorage").Op(")R."), "as what is called" },
        { "cut after its start", P(), "its pickle ends too soon" },
        { "cut within a text", P().Op("X").Op(0xFF, 0xFF, 0xFF, 0x7F).Op("abc"), "2147483647 bytes are to stand at" },
        { "a text of 2^63 bytes", P().Op(0x8D, 0, 0, 0, 0, 0, 0, 0, 0x80), "9223372036854775808 bytes are to stand at" },
        { "bytes of nearly 2^63", P().Op(0x8E, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F), "9223372036854775807 bytes are to stand at" },
        { "a number of negative length", P().Op(0x8B, 0xFF, 0xFF, 0xFF, 0xFF), "its pickle ends too soon" },
        { "a name without end", P().Op("c" + new string('a', 5000)), "has a name of more than 1000 bytes" },
        { "an empty stack", P().Op("0."), "takes a value from an empty stack" },
        { "a stack that a mark closes", P().Op("N(0."), "takes a value from an empty stack" },
        { "no mark", P().Op("Nt."), "takes a value from an empty stack" },
        { "an unknown memory", P().Op("h").Op(7).Op("."), "recalls value 7, which it did not store" },
        { "a protocol to come", P().Op(0x80, 9), "is of protocol 9; expected 2 to 5" },
        { "two values at its stop", P().Op("NN."), "stops with other than one value" },
        { "a key without a value", P().Op("}(Nu."), "sets a key without a value" },
        { "an item set in a list", P().Op("]NNs."), "has a list as what items are set in; expected a dict" },
        { "an item added to a dict", P().Op("}Na."), "adds to a dict; expected a list or a set" },
        { "a state of a list", P().Op("]}b."), "gives a state to a list" },
        { "an array of objects", P().Global("numpy", "dtype").Text("O8").Op(0x89, 0x88, 0x87).Op("R."), "NumPy's type 'O8'; expected numbers" },
        { "another stored object", P().Op("(").Text("module").Op("NNNNtQ."), "asks for a stored 'module'; expected a storage" },
        { "a storage that is none", P().Whole(3).Op("Q."), "has an int as a storage; expected a tuple" },
        { "a storage that is not there", P().Storage(1, "9").Op("."), "has no zip entry 'archive/data/9'" },
        { "a storage elsewhere in the file", P().Storage(1, "../data.pkl").Op("."), "has no zip entry 'archive/data/../data.pkl'" },
        { "a storage too long", P().Storage(7).Op("."), "has 24 bytes; expected 28 for 7 values" },
        { "a storage too short", P().Storage(5).Op("."), "has 24 bytes; expected 20 for 5 values" },
        { "a storage whose bytes overflow", P().Storage(1L << 62).Op("."), "has 24 bytes; expected 18446744073709551616 for" },
        { "a storage of negative size", P().Storage(-6).Op("."), "has a storage of -6 values; expected 0 or more" },
        { "a storage of an unknown type", P().Storage(6, type: "QInt8Storage").Op("."), "asks for torch.QInt8Storage, which was not run" },
        { "a shape beyond the storage", P().Tensor(6, 0, [7], [1]).Op("."), "reaches value 6 of its storage; expected below 6" },
        { "an offset beyond the storage", P().Tensor(6, 6, [], []).Op("."), "reaches value 6 of its storage; expected below 6" },
        { "strides beyond the storage", P().Tensor(6, 0, [2, 2], [5, 1]).Op("."), "reaches value 6 of its storage; expected below 6" },
        { "strides whose reach overflows", P().Tensor(6, 0, [3, 3], [long.MaxValue, long.MaxValue]).Op("."), "reaches value 9223372036854775807 of its storage" },
        { "a negative offset", P().Tensor(6, -1, [2], [1]).Op("."), "and none below 0" },
        { "a negative size", P().Tensor(6, 0, [-2], [1]).Op("."), "and none below 0" },
        { "a negative stride", P().Tensor(6, 0, [2], [-1]).Op("."), "and none below 0" },
        { "a negative size beside zero", P().Tensor(6, 0, [0, -5], [1, 1]).Op("."), "and none below 0" },
        { "fewer strides than sizes", P().Tensor(6, 0, [2, 3], [1]).Op("."), "expected as many strides as sizes" },
        { "more dimensions than PyTorch has", P().Tensor(6, 0, new long[65], new long[65]).Op("."), "at most 64" },
        { "a value repeated for ever", P().Tensor(6, 0, [1L << 40, 1L << 40], [0, 0]).Op("."), "repeats the 6 values of its storage; expected at most 1073741824 bytes of such" },
        { "a shape that is text", P().Global("torch._utils", "_rebuild_tensor_v2").Op("(").Storage(6).Whole(0).Text("6").Op(")tR."), "has a str as a shape; expected a tuple of whole numbers" },
        { "a tensor without its parts", P().Global("torch._utils", "_rebuild_tensor_v2").Op(")R."), "makes a value of 0 parts without a tensor's part" },
        { "a parameter of no tensor", P().Global("torch._utils", "_rebuild_parameter").Op("N").Op(0x85).Op("R."), "has None as a parameter's values; expected a tensor" },
        { "copies of copies", Bomb(), "asks _codecs.encode for many times as much; expected values that stand in the file" },
    };

    [Theory]
    [MemberData(nameof(Pickles))]
    public void A_pickle_that_is_no_plain_value_is_refused(string what, byte[] pickle, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("bad.pt");
        PickleBytes.SaveZip(path, ("archive/data.pkl", pickle), SixFloats);
        Refused(path, message, what);
        Assert.False(File.Exists("/tmp/hacked"));
    }

    [Fact]
    public void The_same_calls_are_refused_in_the_older_stream()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("bad.pt");
        File.WriteAllBytes(path, P().Global("os", "system").Text("touch /tmp/hacked").Op(0x85).Op("R."));
        Refused(path, "asks for os.system, which was not run");
        File.WriteAllBytes(path, P().Whole(7).Op("."));
        Refused(path, "it is a pickle that torch.save did not write");
    }

    [Fact]
    public void Values_nested_in_themselves_or_too_deep_are_read_but_not_followed()
    {
        using var folder = new TemporaryFolder();
        using var loop = PyTorchCheckpoint.Open(P().Op("]q").Op(0).Op("h").Op(0).Op("a.").Save(folder.File("loop.pt")));
        Assert.Contains("nested more than 64 deep", Assert.Throws<InvalidDataException>(loop.Tensors).Message, StringComparison.Ordinal);
        using var deep = PyTorchCheckpoint.Open(P().Op(new string(']', 200_000)).Op(new string('a', 199_999)).Op(".").Save(folder.File("deep.pt")));
        Assert.Contains("nested more than 64 deep", Assert.Throws<InvalidDataException>(deep.Tensors).Message, StringComparison.Ordinal);
        var wide = P().Op("]");
        for (byte level = 0; level < 40; level++) // each list holds the one before twice: 2^40 values when followed
        {
            wide.Op("q").Op(level).Op("0](h").Op(level).Op("h").Op(level).Op("e");
        }
        using var doubling = PyTorchCheckpoint.Open(wide.Op(".").Save(folder.File("wide.pt")));
        Assert.Contains("more than 1000000 of them", Assert.Throws<InvalidDataException>(doubling.Tensors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_of_numbers_that_have_one_hash_in_the_runtime_takes_no_longer_than_others()
    {
        const int Count = 200_000;
        using var folder = new TemporaryFolder();
        var pickle = P().Op(0x8F, (byte)'(');
        for (var i = 0L; i < Count; i++)
        {
            pickle.Whole((i << 32) | i); // its two halves, which the runtime takes together by exclusive or, are equal
        }
        var path = pickle.Op(0x90, (byte)'.').Save(folder.File("set.pt"));
        var clock = Stopwatch.StartNew();
        using var checkpoint = PyTorchCheckpoint.Open(path);
        Assert.Equal(Count, Assert.IsType<HashSet<object?>>(checkpoint.Root).Count);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20); // with every pair compared it would be minutes
    }

    [Fact]
    public void Two_tensors_of_one_name_are_refused()
    {
        using var folder = new TemporaryFolder();
        var pickle = P().Op("}").Text("a.b").Tensor(6, 0, [6], [1]).Op("s").Text("a").Op("}").Text("b").Tensor(6, 0, [6], [1]).Op("ss.");
        using var checkpoint = PyTorchCheckpoint.Open(pickle.Save(folder.File("same.pt"), SixFloats));
        Assert.Contains("two tensors under the name 'a.b'", Assert.Throws<InvalidDataException>(checkpoint.Tensors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_big_endian_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("big.pt");
        P().Op("N.").Save(path, ("archive/byteorder", "big"u8.ToArray()));
        Refused(path, "it was written in the byte order 'big'; expected 'little'");
        P().Op("N.").Save(path, ("archive/byteorder", "little"u8.ToArray()));
        using var little = PyTorchCheckpoint.Open(path);
        Assert.Null(little.Root);
    }

    [Fact]
    public void Other_files_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        Refused(folder.Write("empty.pt", ""), "it begins with the bytes 00000000; expected a zip file");
        Refused(folder.Write("page.pt", "<html>"), "it begins with the bytes 3C68746D; expected a zip file");
        PickleBytes.SaveZip(folder.File("other.pt"), ("readme.txt", [1]));
        Refused(folder.File("other.pt"), "it is a zip file with 0 entries data.pkl");
        PickleBytes.SaveZip(folder.File("script.pt"), ("m/data.pkl", P().Op("N.")), ("m/constants.pkl", P().Op("N.")));
        Refused(folder.File("script.pt"), "it is a TorchScript program");
        Assert.Equal("'/nowhere/x.pt' does not exist; expected a file that torch.save wrote.", Assert.Throws<FileNotFoundException>(() => PyTorchCheckpoint.Open("/nowhere/x.pt")).Message);
    }

    [Fact]
    public void A_zip_directory_that_does_not_fit_its_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("zip.pt");
        P().Op("N.").Save(path);
        var whole = File.ReadAllBytes(path);
        var end = whole.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        var entry = whole.AsSpan().LastIndexOf("PK\u0001\u0002"u8);

        void Changed(int place, uint value, string message)
        {
            var changed = whole.ToArray();
            BitConverter.TryWriteBytes(changed.AsSpan(place), value);
            File.WriteAllBytes(path, changed);
            Refused(path, message);
        }
        Changed(end + 16, 0x7FFFFFFF, "bytes; expected");                  // the directory lies beyond the file
        Changed(end + 12, 0x7FFFFFFF, "bytes; expected 2147483647 at");    // and is longer than it
        Changed(end + 10, 2u | ((uint)BitConverter.ToUInt16(whole, end + 12) << 16), "its zip directory is malformed after 1 entries"); // more entries than there are
        Changed(entry + 42, 0x7FFFFFFF, "bytes; expected 30 at 2147483647"); // an entry lies beyond the file
        Changed(entry + 42, 1, "has no header at 1");
        Changed(entry + 20, 0x7FFFFFFF, "is compressed or encrypted");
        Changed(entry + 28, 0x0000FFFF, "its zip directory is cut after 0 entries"); // a name beyond the directory
        Changed(0, 0x04034B51, "expected a zip file");
    }

    [Fact]
    public void Entries_that_are_compressed_or_stand_twice_are_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("packed.pt");
        using (var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
        {
            using var stream = zip.CreateEntry("a/data.pkl", CompressionLevel.Optimal).Open();
            stream.Write(new byte[10_000]);
        }
        Refused(path, "its zip entry 'a/data.pkl' is compressed or encrypted; expected plain bytes, as torch.save writes them");
        PickleBytes.SaveZip(path, ("a/data.pkl", P().Op("N.")), ("a/data.pkl", P().Op("N.")));
        Refused(path, "it has two zip entries 'a/data.pkl'; expected one");
    }

    public static TheoryData<string> FixtureFiles => ["odd_tensors.pt", "odd_tensors_legacy.pt", "models_tiny.ckpt"];

    [Theory]
    [MemberData(nameof(FixtureFiles))]
    public void A_file_that_is_cut_anywhere_is_refused(string file)
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(TestFolders.Fixture(file));
        var path = folder.File(file);
        for (var length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 300))
        {
            File.WriteAllBytes(path, whole[..length]);
            Refused(path, "");
        }
    }

    [Theory]
    [MemberData(nameof(FixtureFiles))]
    public void A_file_with_any_bytes_changed_is_read_or_refused_in_one_sentence(string file)
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(TestFolders.Fixture(file));
        var (random, refused) = (new Random(11), 0);
        for (var trial = 0; trial < 400; trial++)
        {
            var changed = whole.ToArray();
            // the pickle and the directory matter: both ends of the file
            for (var change = 0; change < 4; change++)
            {
                var place = random.Next(Math.Min(changed.Length, 8_000));
                changed[random.Next(2) == 0 ? place : changed.Length - 1 - place] = (byte)random.Next(256);
            }
            File.WriteAllBytes(folder.File(file), changed);
            var error = Record.Exception(() =>
            {
                using var checkpoint = PyTorchCheckpoint.Open(folder.File(file));
                foreach (var tensor in checkpoint.Tensors().Values)
                {
                    tensor.ToBytes();
                }
            });
            Assert.True(error is null or InvalidDataException, $"trial {trial}: {error}");
            refused += error is null ? 0 : 1;
        }
        Assert.True(refused > 20, $"only {refused} of 400 changed files were refused");
    }

    private static PickleBytes P() => new();

    /// <summary>A text of 100,000 letters that is encoded again and again from the memory: 8 bytes of pickle for each copy.</summary>
    private static byte[] Bomb()
    {
        var pickle = P().Global("_codecs", "encode").Op("q").Op(0).Op("0").Text(new string('a', 100_000)).Text("latin1").Op(0x86).Op("q").Op(1).Op("0");
        for (var i = 0; i < 10_000; i++)
        {
            pickle.Op("h").Op(0).Op("h").Op(1).Op("R");
        }
        return pickle.Op(".");
    }

    private static void Refused(string path, string message, string what = "damaged")
    {
        var error = Record.Exception(() => PyTorchCheckpoint.Open(path));
        Assert.True(error is InvalidDataException, $"{what}: {error?.GetType().Name ?? "no error"}: {error?.Message}");
        Assert.StartsWith($"'{path}' cannot be read as a PyTorch checkpoint: ", error!.Message);
        Assert.True(error.Message.Contains(message, StringComparison.Ordinal), $"{what}: {error.Message} Expected: {message}.");
        Assert.DoesNotContain('\n', error.Message);
    }
}
