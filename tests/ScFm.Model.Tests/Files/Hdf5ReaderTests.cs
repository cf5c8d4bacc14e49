using System.Globalization;
using ScFm.Model.Files.Hdf5;
using ScFm.Model.Tests.Cells;

namespace ScFm.Model.Tests.Files;

public sealed class Hdf5ReaderTests
{
    // Numbers that tell their place, in every way that h5py lays them out and packs them.
    private const string Layouts = """
        import h5py, sys
        def fill(f):
            one = np.arange(5000, dtype='f4'); two = np.arange(70 * 90).reshape(70, 90)
            f['contiguous'] = one
            f.create_dataset('compact', data=np.arange(8))
            for name, options in dict(gzip=dict(compression='gzip'), lzf=dict(compression='lzf'), shuffled=dict(compression='gzip', shuffle=True), checked=dict(fletcher32=True),
                    checked_gzip=dict(fletcher32=True, compression='gzip', shuffle=True), plain={}).items():
                f.create_dataset('one_' + name, data=one, chunks=(700,), **options)
                f.create_dataset('one_whole_' + name, data=one, chunks=(5000,), **options)
                f.create_dataset('one_growing_' + name, data=one, chunks=(3,), maxshape=(None,), **options)
                f.create_dataset('two_' + name, data=two, chunks=(16, 32), **options)
                f.create_dataset('two_tall_' + name, data=two, chunks=(5, 7), maxshape=(None, 90), **options)
                f.create_dataset('two_wide_' + name, data=two, chunks=(5, 7), maxshape=(70, None), **options)
                f.create_dataset('two_both_' + name, data=two, chunks=(2, 3), maxshape=(None, None), **options)
                f.create_dataset('two_room_' + name, data=two, chunks=(5, 7), maxshape=(100, 200), **options)
            for kind in ['<i1', '<u1', '<i2', '>i2', '<u2', '<i4', '>i4', '<u4', '<i8', '<u8', '>i8', '<f2', '<f4', '>f4', '<f8', '>f8', '?']:
                f['kind_' + kind.replace('<', 'l').replace('>', 'b').replace('?', 'bool')] = np.array([0, 1, 1, 0, 1]).astype(kind)
            partly = f.create_dataset('partly', (5000,), 'i4', chunks=(100,), fillvalue=7); partly[150:160] = 1
            f.create_dataset('never', (50,), 'i4', fillvalue=3)
            f['texts'] = np.array(['a', 'é' * 300, '', 'x\ny'], dtype=object)
            f.create_dataset('texts_packed', data=np.array(['t%d' % i for i in range(3000)], dtype=object), compression='gzip', chunks=(100,))
            f['fixed'] = np.array([b'ab', b'abcd', b''], 'S4')
            many = f.create_group('many')
            for i in range(400): many.create_group('member number %d' % i)
            for i in range(100): many.attrs['attribute number %d' % i] = i
            f.attrs['text'] = 'blood'; f.attrs['numbers'] = [1, 2, 3]; f.attrs['yes'] = True; f.attrs['long'] = 'x' * 30000
        def tell(node):
            if isinstance(node, h5py.Group): return '%d members, %d attributes' % (len(node), len(node.attrs))
            values = node[()].ravel()
            if values.dtype == object: return repr([v.decode() for v in values][:3])[:200] + ' %d' % len(values)
            if values.dtype.kind == 'S': return repr([v.decode() for v in values])
            return '%r %d' % ([float(v) for v in values[:3]], int((values.astype('f8') * (np.arange(values.size) % 97 + 1)).sum()))
        """;

    [Theory]
    [InlineData("earliest")]
    [InlineData("latest")]
    public void Every_layout_index_filter_and_kind_of_number_is_read_as_h5py_reads_it(string version)
    {
        using var folder = new TemporaryFolder();
        var told = Peer.Run($"{Layouts}\nwith h5py.File('{folder.File("all.h5")}', 'w', libver='{version}') as f: fill(f)\n" +
            $"with h5py.File('{folder.File("all.h5")}', 'r') as f:\n    for name in sorted(f): print(name, tell(f[name]), sep='|')\n");

        using var file = Hdf5Reader.Open(folder.File("all.h5"));

        Assert.Equal(told.Split('\n', StringSplitOptions.RemoveEmptyEntries), file.Root.Children.Select(name => $"{name}|{Tell(file.Root.Open(name))}"));
        Assert.Equal("blood", file.Root.TextAttribute("text"));
        Assert.Equal([1L, 2, 3], file.Root.IntegersAttribute("numbers")!);
        Assert.Equal([1L], file.Root.IntegersAttribute("yes")!);
        Assert.Equal(30000, file.Root.TextAttribute("long")!.Length);
        Assert.Equal([57L], file.Root.Open("many").IntegersAttribute("attribute number 57")!);
        Assert.True(file.Root.Open("many").Open("member number 399").IsGroup);
    }

    [Fact]
    public void Blocks_of_chunks_are_read_as_h5py_cuts_them()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"{Layouts}\nwith h5py.File('{folder.File("all.h5")}', 'w') as f: fill(f)");
        using var file = Hdf5Reader.Open(folder.File("all.h5"));
        var random = new Random(1);

        foreach (var name in file.Root.Children.Where(name => name.StartsWith("two", StringComparison.Ordinal)))
        {
            for (var i = 0; i < 20; i++)
            {
                var (row, column) = (random.Next(70), random.Next(90));
                var (rows, columns) = (random.Next(71 - row), random.Next(91 - column));
                var expected = Enumerable.Range(0, rows * columns).Select(at => (row + at / columns) * 90 + column + at % columns);
                Assert.Equal(expected, file.Root.Open(name).ReadBlock<int>(row, rows, column, columns));
            }
        }
    }

    [Fact]
    public void A_long_growing_array_of_chunks_is_read_through_its_super_blocks_and_pages()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"import h5py\nwith h5py.File('{folder.File("a.h5")}', 'w', libver='latest') as f:\n" +
            "    f.create_dataset('growing', data=np.arange(300000), chunks=(2,), maxshape=(None,))\n    f.create_dataset('fixed', data=np.arange(300000), chunks=(2,))\n");

        using var file = Hdf5Reader.Open(folder.File("a.h5"));

        Assert.Equal(Enumerable.Range(0, 300000), file.Root.Open("growing").Read<int>());
        Assert.Equal(Enumerable.Range(0, 300000), file.Root.Open("fixed").Read<int>());
    }

    [Fact]
    public void A_file_behind_a_block_of_the_users_is_read()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"import h5py\nwith h5py.File('{folder.File("a.h5")}', 'w', userblock_size=1024) as f: f.create_dataset('a', data=np.arange(100), compression='gzip')");

        using var file = Hdf5Reader.Open(folder.File("a.h5"));

        Assert.Equal(Enumerable.Range(0, 100), file.Root.Open("a").Read<int>());
    }

    [Fact]
    public void What_is_not_read_says_so()
    {
        (string Make, string Expected)[] cases =
        [
            ("f.create_dataset('a', data=np.arange(100), scaleoffset=0)", "packed by the filter scale-offset, which cannot be unpacked here"),
            ("f['b'] = [1]; f['a'] = h5py.SoftLink('/b')", "as a link to another name or file"),
            ("f['a'] = h5py.ExternalLink('b.h5', '/b')", "as a link to another name or file"),
            ("f.create_dataset('a', (3,), 'i4', external=[('data.bin', 0, 12)])", "keeps its data in another file"),
            ("f.create_dataset('a', data=np.zeros((2, 2, 2)))", "has 3 dimensions; expected at most two"),
            ("f['a'] = np.array([1 + 2j])", "cannot be read as numbers"),
        ];
        using var folder = new TemporaryFolder();
        Peer.Run("import h5py\n" + string.Concat(cases.Select((one, i) => $"with h5py.File('{folder.File($"{i}.h5")}', 'w') as f: {one.Make}\n")));

        for (var i = 0; i < cases.Length; i++)
        {
            using var file = Hdf5Reader.Open(folder.File($"{i}.h5"));
            var error = Assert.Throws<Hdf5Exception>(() => file.Root.Open("a").Read<int>());
            Assert.Contains(folder.File($"{i}.h5"), error.Message);
            Assert.Contains(cases[i].Expected, error.Message);
        }
    }

    [Fact]
    public void A_header_that_goes_on_in_itself_is_refused_at_once()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a.h5"), FileOfOneHeader(1 << 20));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("an object header with the block of ", Assert.Throws<Hdf5Exception>(() => Hdf5Reader.Open(folder.File("a.h5"))).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Fact]
    public void The_names_of_a_large_group_are_read_once()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"import h5py\nwith h5py.File('{folder.File("a.h5")}', 'w') as f:\n    g = f.create_group('g')\n    for i in range(4000): g['a name of some length, number %d' % i] = f");
        using var file = Hdf5Reader.Open(folder.File("a.h5"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(4000, file.Root.Open("g").Children.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20); // the names have 140 kB
    }

    [Fact]
    public void A_chunk_that_claims_more_than_the_file_has_is_refused()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"""
            import h5py, struct
            with h5py.File('{folder.File("a.h5")}', 'w') as f:
                d = f.create_dataset('a', data=np.arange(100), chunks=(100,), compression='gzip'); f.flush(); size = d.id.get_chunk_info(0).size
            data = open('{folder.File("a.h5")}', 'rb').read(); key = struct.pack('<IIQQ', size, 0, 0, 0); assert data.count(key) == 1
            open('{folder.File("a.h5")}', 'wb').write(data.replace(key, struct.pack('<IIQQ', 2**31 - 1, 0, 0, 0)))
            """);
        using var file = Hdf5Reader.Open(folder.File("a.h5"));

        Assert.Contains("a chunk of 2147483647 bytes at ", Assert.Throws<Hdf5Exception>(() => file.Root.Open("a").Read<int>()).Message);
    }

    [Fact]
    public void Chunks_laid_out_for_a_larger_shape_are_all_found()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"""
            import h5py
            with h5py.File('{folder.File("a.h5")}', 'w', libver='latest') as f:
                how = h5py.h5p.create(h5py.h5p.DATASET_CREATE); how.set_chunk((5, 7)); how.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
                h5py.h5d.create(f.id, b'a', h5py.h5t.NATIVE_INT32, h5py.h5s.create_simple((70, 90), (100, 200)), how)
                f['a'][...] = np.arange(70 * 90).reshape(70, 90)
            """);
        using var file = Hdf5Reader.Open(folder.File("a.h5"));

        Assert.Equal(Enumerable.Range(0, 70 * 90), file.Root.Open("a").Read<int>());
    }

    // The oldest superblock, and a header whose messages are padding and its continuation in its own block.
    private static byte[] FileOfOneHeader(int padding)
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content);
        var blocks = (padding + 59_999) / 60_000;
        var block = 24L + blocks * 60_008L;
        writer.Write((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0, 0, 8, 8, 0, 4, 0, 16, 0, 0, 0, 0, 0]);
        foreach (var address in (long[])[0, -1, 96 + 16 + block, -1, 0, 96])
        {
            writer.Write(address);
        }
        writer.Write(new byte[24]); // the rest of the root's entry
        writer.Write((ReadOnlySpan<byte>)[1, 0, 1, 0, 1, 0, 0, 0]);
        writer.Write(block);
        writer.Write((ReadOnlySpan<byte>)[0x10, 0, 16, 0, 0, 0, 0, 0]);
        writer.Write(96L + 16);
        writer.Write(block);
        for (var i = 0; i < blocks; i++)
        {
            writer.Write((ReadOnlySpan<byte>)[0, 0, 60_000 & 255, 60_000 >> 8, 0, 0, 0, 0]);
            writer.Write(new byte[60_000]);
        }
        return content.ToArray();
    }

    private static string Tell(Hdf5Object node)
    {
        if (node.IsGroup)
        {
            return $"{node.Children.Length} members, {Enumerable.Range(0, 100).Count(i => node.IntegersAttribute($"attribute number {i}") is not null)} attributes";
        }
        if (node.Class == Hdf5Class.Text)
        {
            var texts = node.ReadTexts();
            var first = Python(node.Name == "fixed" ? texts : texts[..3]);
            return node.Name == "fixed" ? first : $"{first[..Math.Min(200, first.Length)]} {texts.Length}";
        }
        var numbers = node.Read<double>();
        var sum = numbers.Select((number, i) => number * (i % 97 + 1)).Sum();
        return $"[{string.Join(", ", numbers.Take(3).Select(number => number.ToString("F1", CultureInfo.InvariantCulture)))}] {sum:F0}";
    }

    private static string Python(string[] texts) => $"[{string.Join(", ", texts.Select(text => $"'{text.Replace("\n", "\\n", StringComparison.Ordinal)}'"))}]";
}
