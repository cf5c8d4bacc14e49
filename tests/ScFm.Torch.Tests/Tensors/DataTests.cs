using TorchSharp.Utils;

namespace ScFm.Torch.Tests.Tensors;

public sealed class DataTests
{
    [Fact]
    public void Data_goes_in_and_comes_out_unchanged()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[,] { { 1f, 2f, 3f }, { 4f, 5f, 6f } });
        Assert.Equal([2L, 3L], t.shape);
        Assert.Equal(float32, t.dtype);
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], t.data<float>().ToArray());
        Assert.Equal([1f, 4f, 2f, 5f, 3f, 6f], t.t().data<float>().ToArray());
        Assert.Equal(5f, t.data<float>()[1, 1]);
        Assert.Equal(2f, t.t().data<float>()[1, 0]);
        t.data<float>()[0, 2] = 9;
        t.data<float>().CopyFrom([7f], tensorIndex: 3);
        t.ShouldBe([1, 2, 9, 7, 5, 6]);
        Assert.Equal(int64, tensor(new long[] { 1 }).dtype);
        Assert.Equal(int32, tensor(new[] { 1 }).dtype);
        Assert.Equal(ScalarType.Bool, tensor(true).dtype);
        Assert.Equal(3L, tensor(new List<long> { 1, 2, 3 }).size(0));
        Assert.Equal(24, t.bytes.Length);
        Assert.Equal(4.5, tensor(4.5).item<double>());
        Assert.Equal(new[,] { { 1, 2 }, { 3, 4 } }, tensor(new[,] { { 1, 2 }, { 3, 4 } }).data<int>().ToNDArray());
    }

    [Fact]
    public void An_array_can_share_its_memory_with_a_tensor()
    {
        using var scope = NewDisposeScope();
        var array = new float[] { 1, 2, 3 };
        var shared = from_array(array);
        array[1] = 7;
        shared.ShouldBe([1, 7, 3]);
        shared.mul_(2);
        Assert.Equal([2f, 14f, 6f], array);
        var copied = tensor(array);
        array[0] = 0;
        Assert.Equal(2f, copied[0].item<float>());
    }

    [Fact]
    public void Dimensions_that_do_not_fit_the_data_are_refused() =>
        Assert.Contains("24", Assert.Throws<ExternalException>(() => tensor(new[] { 1f, 2f }, [2, 3])).Message);

    [Fact]
    public void Conversions_keep_values_where_they_can()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[] { 1.5, -2.25, 300.0 });
        t.@float().ShouldBe([1.5, -2.25, 300]);
        t.@long().ShouldBe([1, -2, 300]);
        t.half().ShouldBe([1.5, -2.25, 300]);
        t.bfloat16().ShouldBe([1.5, -2.25, 300]);
        Assert.Equal((float)(BFloat16)3.14159f, (float)tensor(3.14159f).bfloat16().item<BFloat16>());
        Assert.Equal((Half)1.5, t.half().data<Half>()[0]);
        Assert.Equal(float64, t.to(CPU).dtype);
        Assert.NotEqual(t.Handle, t.to(float64, copy: true).Handle);
    }

    [Fact]
    public void Factories_make_what_they_say()
    {
        using var scope = NewDisposeScope();
        zeros(2, 2).ShouldBe([0, 0, 0, 0]);
        full(3, 7).ShouldBe([7, 7, 7]);
        Assert.Equal(int64, full(3, 7).dtype);
        arange(1, 7, 2).ShouldBe([1, 3, 5]);
        Assert.Equal(int64, arange(5).dtype);
        Assert.Equal(float32, arange(0, 1, 0.25).dtype);
        linspace(0, 1, 5).ShouldBe([0, 0.25, 0.5, 0.75, 1]);
        eye(2).ShouldBe([1, 0, 0, 1]);
        ones_like(zeros(2, int64)).ShouldBe([1, 1]);
        Assert.True(zeros(2, requires_grad: true).requires_grad);
        functional.one_hot(tensor(new long[] { 2, 0 }), 3).ShouldBe([0, 0, 1, 1, 0, 0]);
    }

    [Fact]
    public void A_saved_tensor_comes_back()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var t = randn(3, 5, bfloat16);
            save(t, path);
            using var back = load(path);
            Assert.Equal(t.dtype, back.dtype);
            Assert.True(t.Equals(back));
            // TorchSharp's format: type, rank and lengths in LEB128, then the raw elements.
            Assert.Equal([15, 2, 3, 5], File.ReadAllBytes(path)[..4]);
            Assert.Equal(4 + 30, new FileInfo(path).Length);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_truncated_tensor_is_named_in_the_error()
    {
        using var stream = new MemoryStream();
        using var t = zeros(4, 5);
        t.Save(new BinaryWriter(stream));
        stream.SetLength(stream.Length - 1);
        stream.Position = 0;
        Assert.Contains("[4, 5]", Assert.Throws<EndOfStreamException>(() => TensorExtensionMethods.Load(new BinaryReader(stream))).Message);
    }

    [Fact]
    public void Printing_shows_shape_and_elements()
    {
        using var t = tensor(new[,] { { 1.5f, 2f }, { 3f, 4f } });
        Assert.Equal("[2x2], type = Float32, device = cpu", t.ToString());
        Assert.Equal("[[1.5, 2]\n [3, 4]]", t.ToString(TorchSharp.TensorStringStyle.Numpy));
        using var many = arange(100);
        Assert.Equal("[0, 1, 2, 3, 4, 5, ..., 94, 95, 96, 97, 98, 99]", many.ToString(TorchSharp.TensorStringStyle.Numpy));
    }
}
