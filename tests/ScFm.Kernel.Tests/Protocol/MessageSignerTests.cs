using System.Text;
using ScFm.Kernel.Protocol;

namespace ScFm.Kernel.Tests.Protocol;

public sealed class MessageSignerTests
{
    [Fact]
    public void The_signature_is_that_of_RFC_4231_test_case_2_however_the_data_is_cut()
    {
        const string expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        var signer = new MessageSigner("Jefe");
        byte[][] frames = [.. new[] { "what do ya", " want", " for ", "nothing?" }.Select(Encoding.ASCII.GetBytes)];
        Assert.Equal(expected, Encoding.ASCII.GetString(signer.Sign(frames)));
        Assert.True(signer.Verify(frames, Encoding.ASCII.GetBytes(expected)));
        Assert.False(signer.Verify(frames, Encoding.ASCII.GetBytes(expected.Replace('5', '6'))));
        Assert.False(signer.Verify(frames, []));
    }

    [Fact]
    public void Without_a_key_there_is_no_signature()
    {
        var signer = new MessageSigner("");
        Assert.Empty(signer.Sign([[1]]));
        Assert.True(signer.Verify([[1]], []));
    }
}
