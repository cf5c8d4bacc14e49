using ScFm.Model.Files.PyTorch;
using ScFm.Model.Tests.Cells;

namespace ScFm.Model.Tests.Files.PyTorch;

/// <summary>What PyTorch writes here and now, in every protocol and both formats, comes back byte for byte.</summary>
public sealed class PyTorchPeerTests
{
    private const string Script = """
        try:
            import torch
        except ImportError:
            print('absent')
            raise SystemExit
        torch.manual_seed(3)
        x = torch.randn(4, 5, 6)
        shared = torch.arange(100.)
        values = {
            'permuted': x.permute(2, 0, 1), 'inner': x[1:3, ::2, 1:4], 'one': x[:, :1, :].transpose(0, 1), 'single': x[2, 3, 4],
            'a': shared[10:30], 'b': shared[20:40].view(4, 5).t(), 'expanded': x[0].unsqueeze(0).expand(3, 5, 6),
            'none': torch.zeros(0, 7), 'complex': torch.complex(x, x + 1), 'short': torch.arange(-3, 3).short(), 'flags': x > 0,
            'layers': [torch.nn.Linear(3, 2).state_dict(), (torch.ones(2, dtype=torch.bfloat16), torch.ones(3).half())],
            'parameter': torch.nn.Parameter(x[0]), 'array': np.asfortranarray(np.arange(6.).reshape(2, 3)), 7: torch.tensor([1, 2]),
        }
        def show(name, value):
            if isinstance(value, (torch.Tensor, np.ndarray)):
                t = value.detach() if isinstance(value, torch.Tensor) else torch.from_numpy(value)
                t = t.contiguous()
                raw = torch.view_as_real(t) if t.is_complex() else t.view(torch.int16) if t.dtype == torch.bfloat16 else t
                print(name, 'x'.join(map(str, t.shape)), str(t.dtype)[6:], raw.numpy().tobytes().hex())
            elif isinstance(value, dict):
                for k, v in value.items(): show(f'{name}.{k}' if name else str(k), v)
            else:
                for i, v in enumerate(value): show(f'{name}.{i}', v)
        torch.save(values, PATH, pickle_protocol=PROTOCOL, _use_new_zipfile_serialization=ZIP)
        show('', values)
        """;

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(2, false)]
    [InlineData(4, false)]
    public void Every_tensor_comes_back(int protocol, bool zip)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("peer.pt");
        var written = Peer.Run($"PATH, PROTOCOL, ZIP = '{path}', {protocol}, {(zip ? "True" : "False")}\n{Script}").Trim();
        Assert.SkipWhen(written == "absent", "Python has no torch.");
        using var checkpoint = PyTorchCheckpoint.Open(path);
        var read = checkpoint.Tensors().Select(t =>
            $"{t.Key} {string.Join('x', t.Value.Shape)} {t.Value.Type} {Convert.ToHexStringLower(t.Value.ToBytes())}".TrimEnd());
        Assert.Equal(written.Split('\n').Select(line => line.TrimEnd()), read);
    }
}
