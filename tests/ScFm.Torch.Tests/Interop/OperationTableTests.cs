using ScFm.Torch.Extras;
using ScFm.Torch.Interop;

namespace ScFm.Torch.Tests.Interop;

public sealed class OperationTableTests
{
    [Fact]
    public void The_native_table_of_unary_operations_has_the_names_of_the_enum_in_order()
    {
        var native = Names(NativeMethods.scfm_unary_name);
        Assert.Equal(Enum.GetNames<UnaryOp>(), native);
    }

    [Fact]
    public void The_native_table_of_binary_operations_has_the_names_of_the_enum_in_order()
    {
        var native = Names(NativeMethods.scfm_binary_name);
        Assert.Equal(Enum.GetNames<BinaryOp>(), native);
    }

    [Fact]
    public void All_cores_are_used_from_the_start()
    {
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is not null) Assert.Skip("OMP_NUM_THREADS is set");
        Assert.Equal(Environment.ProcessorCount, get_num_threads());
    }

    [Fact]
    public void Libtorch_says_its_version() => Assert.True(Version.Parse(Native.LibtorchVersion.Split('+')[0]) >= new Version(1, 13));

    private static string[] Names(Func<int, IntPtr> name)
    {
        List<string> names = [];
        while (Marshal.PtrToStringUTF8(name(names.Count)) is { } next) names.Add(next);
        return [.. names];
    }
}
