	.file	"rust_values.f594ad515b8ac66c-cgu.0"
	.file	1 "/scdb/tests/objects/rust-values.rs"
	.section	.text._RNCNvCsl5dGgP7bIRI_11rust_values4main0B3_,"ax",@progbits
	.p2align	4
	.type	_RNCNvCsl5dGgP7bIRI_11rust_values4main0B3_,@function
_RNCNvCsl5dGgP7bIRI_11rust_values4main0B3_:
.Lfunc_begin0:
	.loc	1 142 0
	.cfi_startproc
	subq	$24, %rsp
	.cfi_def_cfa_offset 32
	movl	%esi, 4(%rsp)
	movq	%rdi, %rax
	movl	4(%rsp), %edi
	movq	%rax, 8(%rsp)
	movl	%edi, 20(%rsp)
.Ltmp0:
	.loc	1 142 35 prologue_end
	movq	(%rax), %rax
	movl	(%rax), %esi
	.loc	1 142 28 is_stmt 0
	callq	_RNvCsl5dGgP7bIRI_11rust_values3add
	.loc	1 142 42 epilogue_begin
	addq	$24, %rsp
	.cfi_def_cfa_offset 8
	retq
.Ltmp1:
.Lfunc_end0:
	.size	_RNCNvCsl5dGgP7bIRI_11rust_values4main0B3_, .Lfunc_end0-_RNCNvCsl5dGgP7bIRI_11rust_values4main0B3_
	.cfi_endproc

	.section	.text._RNvCsfLfy6EI15iL_7___rustc17rust_begin_unwind,"ax",@progbits
	.hidden	_RNvCsfLfy6EI15iL_7___rustc17rust_begin_unwind
	.globl	_RNvCsfLfy6EI15iL_7___rustc17rust_begin_unwind
	.p2align	4
	.type	_RNvCsfLfy6EI15iL_7___rustc17rust_begin_unwind,@function
_RNvCsfLfy6EI15iL_7___rustc17rust_begin_unwind:
.Lfunc_begin1:
	.loc	1 11 0 is_stmt 1
	.cfi_startproc
	movq	%rdi, -8(%rsp)
.LBB1_1:
.Ltmp2:
	.loc	1 12 5 prologue_end
	jmp	.LBB1_1
.Ltmp3:
.Lfunc_end1:
	.size	_RNvCsfLfy6EI15iL_7___rustc17rust_begin_unwind, .Lfunc_end1-_RNvCsfLfy6EI15iL_7___rustc17rust_begin_unwind
	.cfi_endproc

	.section	.text._RNvCsl5dGgP7bIRI_11rust_values3add,"ax",@progbits
	.p2align	4
	.type	_RNvCsl5dGgP7bIRI_11rust_values3add,@function
_RNvCsl5dGgP7bIRI_11rust_values3add:
.Lfunc_begin2:
	.loc	1 52 0
	.cfi_startproc
	movl	%edi, %eax
	movl	%eax, -16(%rsp)
	movl	%esi, -12(%rsp)
	movl	%eax, -8(%rsp)
	movl	%esi, -4(%rsp)
.Ltmp4:
	.file	2 "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/num/int_macros.rs"
	.loc	2 2101 13 prologue_end
	addl	%esi, %eax
.Ltmp5:
	.loc	1 52 56
	retq
.Ltmp6:
.Lfunc_end2:
	.size	_RNvCsl5dGgP7bIRI_11rust_values3add, .Lfunc_end2-_RNvCsl5dGgP7bIRI_11rust_values3add
	.cfi_endproc

	.section	.text._RNvCsl5dGgP7bIRI_11rust_values4stop,"ax",@progbits
	.p2align	4
	.type	_RNvCsl5dGgP7bIRI_11rust_values4stop,@function
_RNvCsl5dGgP7bIRI_11rust_values4stop:
.Lfunc_begin3:
	.loc	1 55 0
	.cfi_startproc
	subq	$56, %rsp
	.cfi_def_cfa_offset 64
	movq	%rdi, 8(%rsp)
	movq	%rsi, 16(%rsp)
.Ltmp7:
	.loc	1 56 17 prologue_end
	movl	16(%rdi), %eax
	movl	%eax, (%rsp)
	movl	%eax, 28(%rsp)
.Ltmp8:
	.loc	1 57 22
	movzbl	(%rsi), %eax
	.loc	1 57 16 is_stmt 0
	cmpq	$1, %rax
	jne	.LBB3_2
	.loc	1 57 50
	movl	$1, 4(%rsp)
	jmp	.LBB3_3
.LBB3_2:
	.loc	1 57 58
	movl	$2, 4(%rsp)
.LBB3_3:
.Ltmp9:
	.loc	1 58 14 is_stmt 1
	callq	*getpid@GOTPCREL(%rip)
	movl	%eax, %ecx
	movl	(%rsp), %eax
	movl	%ecx, 48(%rsp)
	movl	$0, 52(%rsp)
	movl	$0, 40(%rsp)
	movl	%eax, 44(%rsp)
.Ltmp10:
	.loc	2 2101 13
	addl	$0, %eax
.Ltmp11:
	.loc	1 58 72
	movl	4(%rsp), %ecx
	movl	%eax, 32(%rsp)
	movl	%ecx, 36(%rsp)
.Ltmp12:
	.loc	2 2101 13
	addl	%ecx, %eax
.Ltmp13:
	.loc	1 59 2 epilogue_begin
	addq	$56, %rsp
	.cfi_def_cfa_offset 8
	retq
.Ltmp14:
.Lfunc_end3:
	.size	_RNvCsl5dGgP7bIRI_11rust_values4stop, .Lfunc_end3-_RNvCsl5dGgP7bIRI_11rust_values4stop
	.cfi_endproc

	.section	.text._RNvMs5_NtNtCsgEmfK2I1SDS_4core3ops5rangeINtB5_14RangeInclusivelE3newCsl5dGgP7bIRI_11rust_values,"ax",@progbits
	.p2align	4
	.type	_RNvMs5_NtNtCsgEmfK2I1SDS_4core3ops5rangeINtB5_14RangeInclusivelE3newCsl5dGgP7bIRI_11rust_values,@function
_RNvMs5_NtNtCsgEmfK2I1SDS_4core3ops5rangeINtB5_14RangeInclusivelE3newCsl5dGgP7bIRI_11rust_values:
.Lfunc_begin4:
	.file	3 "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/ops/range.rs"
	.loc	3 390 0
	.cfi_startproc
	movq	%rdi, %rax
	movl	%esi, -8(%rsp)
	movl	%edx, -4(%rsp)
.Ltmp15:
	.loc	3 391 9 prologue_end
	movl	%esi, (%rdi)
	movl	%edx, 4(%rdi)
	movb	$0, 8(%rdi)
	.loc	3 392 6
	retq
.Ltmp16:
.Lfunc_end4:
	.size	_RNvMs5_NtNtCsgEmfK2I1SDS_4core3ops5rangeINtB5_14RangeInclusivelE3newCsl5dGgP7bIRI_11rust_values, .Lfunc_end4-_RNvMs5_NtNtCsgEmfK2I1SDS_4core3ops5rangeINtB5_14RangeInclusivelE3newCsl5dGgP7bIRI_11rust_values
	.cfi_endproc

	.section	.text._RNvMs7_NtCsgEmfK2I1SDS_4core4cellINtB5_4CelllE3newCsl5dGgP7bIRI_11rust_values,"ax",@progbits
	.p2align	4
	.type	_RNvMs7_NtCsgEmfK2I1SDS_4core4cellINtB5_4CelllE3newCsl5dGgP7bIRI_11rust_values,@function
_RNvMs7_NtCsgEmfK2I1SDS_4core4cellINtB5_4CelllE3newCsl5dGgP7bIRI_11rust_values:
.Lfunc_begin5:
	.file	4 "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/cell.rs"
	.loc	4 414 0
	.cfi_startproc
	movl	%edi, %eax
	movl	%eax, -4(%rsp)
.Ltmp17:
	.loc	4 416 6 prologue_end
	retq
.Ltmp18:
.Lfunc_end5:
	.size	_RNvMs7_NtCsgEmfK2I1SDS_4core4cellINtB5_4CelllE3newCsl5dGgP7bIRI_11rust_values, .Lfunc_end5-_RNvMs7_NtCsgEmfK2I1SDS_4core4cellINtB5_4CelllE3newCsl5dGgP7bIRI_11rust_values
	.cfi_endproc

	.section	.text._RNvMse_NtNtCsgEmfK2I1SDS_4core3num7nonzeroINtB5_7NonZeromE3newCsl5dGgP7bIRI_11rust_values,"ax",@progbits
	.p2align	4
	.type	_RNvMse_NtNtCsgEmfK2I1SDS_4core3num7nonzeroINtB5_7NonZeromE3newCsl5dGgP7bIRI_11rust_values,@function
_RNvMse_NtNtCsgEmfK2I1SDS_4core3num7nonzeroINtB5_7NonZeromE3newCsl5dGgP7bIRI_11rust_values:
.Lfunc_begin6:
	.file	5 "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/num/nonzero.rs"
	.loc	5 401 0
	.cfi_startproc
	movl	%edi, %eax
	movl	%eax, -4(%rsp)
.Ltmp19:
	.loc	5 405 6 prologue_end
	retq
.Ltmp20:
.Lfunc_end6:
	.size	_RNvMse_NtNtCsgEmfK2I1SDS_4core3num7nonzeroINtB5_7NonZeromE3newCsl5dGgP7bIRI_11rust_values, .Lfunc_end6-_RNvMse_NtNtCsgEmfK2I1SDS_4core3num7nonzeroINtB5_7NonZeromE3newCsl5dGgP7bIRI_11rust_values
	.cfi_endproc

	.section	.text._RNvNtCsl5dGgP7bIRI_11rust_values5inner4make,"ax",@progbits
	.p2align	4
	.type	_RNvNtCsl5dGgP7bIRI_11rust_values5inner4make,@function
_RNvNtCsl5dGgP7bIRI_11rust_values5inner4make:
.Lfunc_begin7:
	.loc	1 48 0
	.cfi_startproc
	movb	%dil, %cl
	movb	%cl, -1(%rsp)
.Ltmp21:
	.loc	1 48 52 prologue_end
	movzbl	%cl, %eax
	.loc	1 48 34 is_stmt 0
	movb	%cl, -6(%rsp)
	movw	$1, -10(%rsp)
	movw	%ax, -8(%rsp)
	.loc	1 48 65
	movl	-10(%rsp), %eax
	movzwl	-6(%rsp), %ecx
	shlq	$32, %rcx
	orq	%rcx, %rax
	retq
.Ltmp22:
.Lfunc_end7:
	.size	_RNvNtCsl5dGgP7bIRI_11rust_values5inner4make, .Lfunc_end7-_RNvNtCsl5dGgP7bIRI_11rust_values5inner4make
	.cfi_endproc

	.section	.text._RNvXCsl5dGgP7bIRI_11rust_valuesNtB2_4PairNtB2_4Area4area,"ax",@progbits
	.p2align	4
	.type	_RNvXCsl5dGgP7bIRI_11rust_valuesNtB2_4PairNtB2_4Area4area,@function
_RNvXCsl5dGgP7bIRI_11rust_valuesNtB2_4PairNtB2_4Area4area:
.Lfunc_begin8:
	.loc	1 36 0 is_stmt 1
	.cfi_startproc
	movq	%rdi, -8(%rsp)
.Ltmp23:
	.loc	1 36 29 prologue_end
	movsd	(%rdi), %xmm0
	.loc	1 36 37 is_stmt 0
	retq
.Ltmp24:
.Lfunc_end8:
	.size	_RNvXCsl5dGgP7bIRI_11rust_valuesNtB2_4PairNtB2_4Area4area, .Lfunc_end8-_RNvXCsl5dGgP7bIRI_11rust_valuesNtB2_4PairNtB2_4Area4area
	.cfi_endproc

	.section	.rodata.cst8,"aM",@progbits,8
	.p2align	3, 0x0
.LCPI9_0:
	.quad	0x4000000000000000
	.section	.text.main,"ax",@progbits
	.globl	main
	.p2align	4
	.type	main,@function
main:
.Lfunc_begin9:
	.loc	1 62 0 is_stmt 1
	.cfi_startproc
	subq	$968, %rsp
	.cfi_def_cfa_offset 976
.Ltmp25:
	.loc	1 63 9 prologue_end
	movb	$1, 566(%rsp)
.Ltmp26:
	.loc	1 64 9
	movb	$0, 567(%rsp)
.Ltmp27:
	.loc	1 66 9
	movl	$233, 568(%rsp)
.Ltmp28:
	.loc	1 67 9
	movl	$128512, 572(%rsp)
.Ltmp29:
	.loc	1 68 9
	movl	$10, 576(%rsp)
.Ltmp30:
	.loc	1 69 9
	movb	$65, 580(%rsp)
.Ltmp31:
	.loc	1 70 9
	movb	$-5, 581(%rsp)
.Ltmp32:
	.loc	1 71 9
	movw	$500, 582(%rsp)
.Ltmp33:
	.loc	1 73 9
	movq	$-1, 584(%rsp)
.Ltmp34:
	.loc	1 74 9
	movq	$-1, 600(%rsp)
	movq	$-5, 592(%rsp)
.Ltmp35:
	.loc	1 75 9
	movq	$99, 608(%rsp)
.Ltmp36:
	.loc	1 76 9
	movl	$1069547520, 620(%rsp)
	movabsq	$-4611123068473966592, %rax
.Ltmp37:
	.loc	1 77 9
	movq	%rax, 624(%rsp)
.Ltmp38:
	.loc	1 95 9
	leaq	.Lanon.8366d76b748643162735560495fce882.3(%rip), %rax
	movq	%rax, 640(%rsp)
	movq	$12, 648(%rsp)
.Ltmp39:
	.loc	1 96 9
	movq	$1, 656(%rsp)
	movq	$0, 664(%rsp)
.Ltmp40:
	.loc	1 97 9
	leaq	.Lanon.8366d76b748643162735560495fce882.4(%rip), %rax
	movq	%rax, 672(%rsp)
	movq	$13, 680(%rsp)
.Ltmp41:
	.loc	1 136 9
	leaq	.Lanon.8366d76b748643162735560495fce882.5(%rip), %rax
	movq	%rax, 688(%rsp)
	movq	$23, 696(%rsp)
.Ltmp42:
	.loc	1 65 18
	movl	$97, 16(%rsp)
.Ltmp43:
	.loc	1 72 23
	movl	$-100000, 20(%rsp)
.Ltmp44:
	.loc	1 79 17
	movl	$1, 24(%rsp)
	movl	$2, 28(%rsp)
.Ltmp45:
	.loc	1 80 16
	movl	$3, 40(%rsp)
	movabsq	$4616752568008179712, %rax
	movq	%rax, 32(%rsp)
.Ltmp46:
	.loc	1 82 55
	movb	$1, 62(%rsp)
	movb	$0, 63(%rsp)
	.loc	1 82 18 is_stmt 0
	movb	$1, 58(%rsp)
	movw	$2, 48(%rsp)
	movl	$99, 52(%rsp)
	movw	62(%rsp), %ax
	movw	%ax, 56(%rsp)
.Ltmp47:
	.loc	1 83 17 is_stmt 1
	movl	$1, 68(%rsp)
	movl	$98, 64(%rsp)
	movabsq	$4612811918334230528, %rax
	movq	%rax, 72(%rsp)
.Ltmp48:
	.loc	1 84 21
	movb	$7, 711(%rsp)
.Ltmp49:
	.loc	1 85 24
	movl	$1, 84(%rsp)
	movl	$2, 88(%rsp)
	movl	$3, 92(%rsp)
	movl	$4, 96(%rsp)
.Ltmp50:
	.loc	1 86 17
	movl	$1, 100(%rsp)
	movl	$2, 104(%rsp)
	movl	$3, 108(%rsp)
.Ltmp51:
	.loc	1 87 17
	xorps	%xmm0, %xmm0
	movaps	%xmm0, 128(%rsp)
	movaps	%xmm0, 112(%rsp)
	movq	$0, 144(%rsp)
.Ltmp52:
	.loc	1 88 17
	movb	$1, 156(%rsp)
	movb	$2, 157(%rsp)
	.loc	1 88 27 is_stmt 0
	movb	$3, 158(%rsp)
	movb	$4, 159(%rsp)
	.loc	1 88 16
	movw	156(%rsp), %ax
	movw	%ax, 152(%rsp)
	movw	158(%rsp), %ax
	movw	%ax, 154(%rsp)
.Ltmp53:
	.loc	1 89 17 is_stmt 1
	movb	$115, 164(%rsp)
	movl	$1702132066, 160(%rsp)
.Ltmp54:
	.loc	1 90 17
	movl	$120, 168(%rsp)
	movl	$121, 172(%rsp)
.Ltmp55:
	.loc	1 91 18
	movl	$1, 176(%rsp)
	movl	$2, 180(%rsp)
	movl	$3, 184(%rsp)
	movl	$4, 188(%rsp)
	leaq	100(%rsp), %rax
.Ltmp56:
	.loc	1 92 25
	movq	%rax, 712(%rsp)
	movq	$3, 720(%rsp)
	leaq	160(%rsp), %rax
.Ltmp57:
	.loc	1 93 30
	movq	%rax, 728(%rsp)
	movq	$5, 736(%rsp)
	leaq	176(%rsp), %rax
.Ltmp58:
	.loc	1 94 34
	movq	%rax, 744(%rsp)
	movq	$2, 752(%rsp)
	leaq	24(%rsp), %rax
.Ltmp59:
	.loc	1 98 21
	movq	%rax, 192(%rsp)
	leaq	20(%rsp), %rdx
.Ltmp60:
	.loc	1 99 19
	movq	%rdx, 760(%rsp)
	leaq	192(%rsp), %rcx
.Ltmp61:
	.loc	1 100 19
	movq	%rcx, 768(%rsp)
.Ltmp62:
	.loc	1 101 24
	movl	$5, 204(%rsp)
	leaq	204(%rsp), %rcx
.Ltmp63:
	.loc	1 102 19
	movq	%rcx, 776(%rsp)
.Ltmp64:
	.loc	1 103 27
	movq	%rdx, 784(%rsp)
.Ltmp65:
	.loc	1 104 29
	movq	%rcx, 792(%rsp)
.Ltmp66:
	.loc	1 105 27
	movq	$0, 800(%rsp)
.Ltmp67:
	.loc	1 106 16
	movl	$1, 808(%rsp)
	movl	$5, 812(%rsp)
.Ltmp68:
	.loc	1 107 29
	movl	$0, 816(%rsp)
.Ltmp69:
	.loc	1 108 20
	movq	%rax, 824(%rsp)
.Ltmp70:
	.loc	1 109 36
	movq	$0, 832(%rsp)
.Ltmp71:
	.loc	1 110 20
	leaq	.Lanon.8366d76b748643162735560495fce882.7(%rip), %rax
	movq	%rax, 840(%rsp)
	movq	$4, 848(%rsp)
.Ltmp72:
	.loc	1 111 21
	movl	$99, 856(%rsp)
.Ltmp73:
	.loc	1 112 21
	movb	$1, 863(%rsp)
.Ltmp74:
	.loc	1 113 41
	movb	$1, 864(%rsp)
	movb	$3, 865(%rsp)
.Ltmp75:
	.loc	1 114 41
	movb	$0, 866(%rsp)
	movl	$17, %edi
.Ltmp76:
	.loc	1 115 19
	callq	_RNvMse_NtNtCsgEmfK2I1SDS_4core3num7nonzeroINtB5_7NonZeromE3newCsl5dGgP7bIRI_11rust_values
	movl	%eax, 868(%rsp)
.Ltmp77:
	.loc	1 116 33
	movl	$3, 216(%rsp)
	movq	$0, 208(%rsp)
.Ltmp78:
	.loc	1 117 34
	leaq	.Lanon.8366d76b748643162735560495fce882.8(%rip), %rax
	movq	%rax, 224(%rsp)
	movq	$3, 232(%rsp)
.Ltmp79:
	.loc	1 118 15
	movb	$0, 872(%rsp)
.Ltmp80:
	.loc	1 119 17
	movb	$5, 873(%rsp)
.Ltmp81:
	.loc	1 120 16
	movb	$6, 874(%rsp)
.Ltmp82:
	.loc	1 121 17
	movb	$2, 875(%rsp)
.Ltmp83:
	.loc	1 122 19
	movb	$0, 240(%rsp)
	movabsq	$4608308318706860032, %rax
.Ltmp84:
	.loc	1 123 18
	movq	%rax, 264(%rsp)
	movb	$1, 256(%rsp)
.Ltmp85:
	.loc	1 124 18
	movl	$4, 276(%rsp)
	movl	$5, 280(%rsp)
	movl	$6, 284(%rsp)
	movb	$2, 272(%rsp)
.Ltmp86:
	.loc	1 125 15
	movb	$1, 289(%rsp)
	movq	$-2, 296(%rsp)
	movb	$3, 288(%rsp)
.Ltmp87:
	.loc	1 126 16
	movl	$9, 876(%rsp)
.Ltmp88:
	.loc	1 127 16
	movb	$4, 304(%rsp)
.Ltmp89:
	.loc	1 128 34
	movb	$8, 337(%rsp)
	movq	$9, 344(%rsp)
	movb	$3, 336(%rsp)
	.loc	1 128 20 is_stmt 0
	movups	336(%rsp), %xmm0
	movaps	%xmm0, 320(%rsp)
.Ltmp90:
	.loc	1 129 36 is_stmt 1
	movb	$0, 368(%rsp)
	.loc	1 129 22 is_stmt 0
	movups	368(%rsp), %xmm0
	movaps	%xmm0, 352(%rsp)
.Ltmp91:
	.loc	1 130 16 is_stmt 1
	movl	$1065353216, 384(%rsp)
.Ltmp92:
	.loc	1 131 19
	movb	$1, 389(%rsp)
	movb	$2, 390(%rsp)
	movb	$1, 391(%rsp)
.Ltmp93:
	.loc	1 132 23
	leaq	.Lanon.8366d76b748643162735560495fce882.9(%rip), %rax
	movq	%rax, 392(%rsp)
	movq	$6, 400(%rsp)
	movb	$2, 408(%rsp)
.Ltmp94:
	.loc	1 133 16
	movl	$1, 432(%rsp)
	movl	$1, 436(%rsp)
	movl	$2, 440(%rsp)
	movl	$2, 444(%rsp)
	leaq	.Lanon.8366d76b748643162735560495fce882.10(%rip), %rax
	movq	%rax, 416(%rsp)
	movq	$8, 424(%rsp)
	movl	$4, %edi
.Ltmp95:
	.loc	1 134 16
	callq	_RNvNtCsl5dGgP7bIRI_11rust_values5inner4make
	movl	%eax, %ecx
	movl	%ecx, 880(%rsp)
	shrq	$32, %rax
	movw	%ax, 884(%rsp)
	movl	880(%rsp), %eax
	movl	%eax, 450(%rsp)
	movw	884(%rsp), %ax
	movw	%ax, 454(%rsp)
.Ltmp96:
	.loc	1 135 16
	movl	$6, %edi
	callq	_RNvMs7_NtCsgEmfK2I1SDS_4core4cellINtB5_4CelllE3newCsl5dGgP7bIRI_11rust_values
	movl	%eax, 892(%rsp)
.Ltmp97:
	.loc	1 137 29
	movl	$1, %eax
	movq	%rax, 896(%rsp)
	movq	$0, 904(%rsp)
.Ltmp98:
	.loc	1 139 17
	movl	$0, 460(%rsp)
	movl	$0, 464(%rsp)
	movl	$0, 468(%rsp)
	movb	$2, 456(%rsp)
.Ltmp99:
	.loc	1 140 33
	leaq	16(%rsp), %rax
	movq	%rax, 912(%rsp)
.Ltmp100:
	.loc	1 141 41
	leaq	_RNvCsl5dGgP7bIRI_11rust_values3add(%rip), %rax
	movq	%rax, 920(%rsp)
.Ltmp101:
	.loc	1 142 19
	leaq	20(%rsp), %rax
	movq	%rax, 472(%rsp)
.Ltmp102:
	.loc	1 143 29
	leaq	32(%rsp), %rax
	movq	%rax, 928(%rsp)
	leaq	.Lanon.8366d76b748643162735560495fce882.11(%rip), %rax
	movq	%rax, 936(%rsp)
.Ltmp103:
	.loc	1 144 18
	movb	$0, 512(%rsp)
	.loc	1 144 34 is_stmt 0
	movsd	.LCPI9_0(%rip), %xmm0
	movsd	%xmm0, 536(%rsp)
	movb	$1, 528(%rsp)
	.loc	1 144 17
	movq	512(%rsp), %rax
	movq	%rax, 480(%rsp)
	movq	520(%rsp), %rax
	movq	%rax, 488(%rsp)
	movq	528(%rsp), %rax
	movq	%rax, 496(%rsp)
	movq	536(%rsp), %rax
	movq	%rax, 504(%rsp)
.Ltmp104:
	.loc	1 145 19 is_stmt 1
	movb	$1, 546(%rsp)
	movb	$1, 547(%rsp)
	movb	$0, 548(%rsp)
	movb	%al, 549(%rsp)
	movb	$1, 550(%rsp)
	movb	$3, 551(%rsp)
.Ltmp105:
	.loc	1 146 17
	movl	$1, 944(%rsp)
	movl	$5, 948(%rsp)
.Ltmp106:
	.loc	1 147 21
	leaq	552(%rsp), %rdi
	movl	$1, %esi
	movl	$5, %edx
	callq	_RNvMs5_NtNtCsgEmfK2I1SDS_4core3ops5rangeINtB5_14RangeInclusivelE3newCsl5dGgP7bIRI_11rust_values
.Ltmp107:
	.loc	1 148 20
	movb	$-1, 955(%rsp)
.Ltmp108:
	.loc	1 149 13
	leaq	472(%rsp), %rdi
	movl	$3, %esi
	callq	_RNCNvCsl5dGgP7bIRI_11rust_values4main0B3_
	movl	%eax, 12(%rsp)
	movl	%eax, 956(%rsp)
.Ltmp109:
	.loc	1 150 20
	leaq	32(%rsp), %rdi
	callq	*.Lanon.8366d76b748643162735560495fce882.11+24(%rip)
	movsd	%xmm0, 960(%rsp)
.Ltmp110:
	.loc	1 151 14
	movq	_RNvCsl5dGgP7bIRI_11rust_values8CHANGING(%rip), %rax
	addq	$1, %rax
	movq	%rax, _RNvCsl5dGgP7bIRI_11rust_values8CHANGING(%rip)
	.loc	1 152 5
	leaq	416(%rsp), %rdi
	leaq	256(%rsp), %rsi
	callq	_RNvCsl5dGgP7bIRI_11rust_values4stop
	movl	12(%rsp), %ecx
	.loc	1 152 28 is_stmt 0
	imull	$0, %ecx, %ecx
	.loc	1 152 5
	addl	%ecx, %eax
	.loc	1 152 36
	movswl	_RNvNtCsl5dGgP7bIRI_11rust_values5inner6HIDDEN(%rip), %ecx
	imull	$0, %ecx, %ecx
	.loc	1 152 5
	addl	%ecx, %eax
.Ltmp111:
	.loc	1 153 2 epilogue_begin is_stmt 1
	addq	$968, %rsp
	.cfi_def_cfa_offset 8
	retq
.Ltmp112:
.Lfunc_end9:
	.size	main, .Lfunc_end9-main
	.cfi_endproc

	.type	_RNvCsl5dGgP7bIRI_11rust_values5COUNT,@object
	.section	.rodata._RNvCsl5dGgP7bIRI_11rust_values5COUNT,"a",@progbits
	.p2align	2, 0x0
_RNvCsl5dGgP7bIRI_11rust_values5COUNT:
	.asciz	"*\000\000"
	.size	_RNvCsl5dGgP7bIRI_11rust_values5COUNT, 4

	.type	.Lanon.8366d76b748643162735560495fce882.0,@object
	.section	.rodata..Lanon.8366d76b748643162735560495fce882.0,"a",@progbits
.Lanon.8366d76b748643162735560495fce882.0:
	.ascii	"one"
	.size	.Lanon.8366d76b748643162735560495fce882.0, 3

	.type	.Lanon.8366d76b748643162735560495fce882.1,@object
	.section	.rodata..Lanon.8366d76b748643162735560495fce882.1,"a",@progbits
.Lanon.8366d76b748643162735560495fce882.1:
	.ascii	"two"
	.size	.Lanon.8366d76b748643162735560495fce882.1, 3

	.type	.Lanon.8366d76b748643162735560495fce882.2,@object
	.section	.rodata..Lanon.8366d76b748643162735560495fce882.2,"a",@progbits
.Lanon.8366d76b748643162735560495fce882.2:
	.ascii	"three"
	.size	.Lanon.8366d76b748643162735560495fce882.2, 5

	.type	_RNvCsl5dGgP7bIRI_11rust_values5NAMES,@object
	.section	.data.rel.ro._RNvCsl5dGgP7bIRI_11rust_values5NAMES,"aw",@progbits
	.p2align	3, 0x0
_RNvCsl5dGgP7bIRI_11rust_values5NAMES:
	.quad	.Lanon.8366d76b748643162735560495fce882.0
	.asciz	"\003\000\000\000\000\000\000"
	.quad	.Lanon.8366d76b748643162735560495fce882.1
	.asciz	"\003\000\000\000\000\000\000"
	.quad	.Lanon.8366d76b748643162735560495fce882.2
	.asciz	"\005\000\000\000\000\000\000"
	.size	_RNvCsl5dGgP7bIRI_11rust_values5NAMES, 48

	.type	_RNvCsl5dGgP7bIRI_11rust_values8CHANGING,@object
	.section	.data._RNvCsl5dGgP7bIRI_11rust_values8CHANGING,"aw",@progbits
	.p2align	3, 0x0
_RNvCsl5dGgP7bIRI_11rust_values8CHANGING:
	.ascii	"\371\377\377\377\377\377\377\377"
	.size	_RNvCsl5dGgP7bIRI_11rust_values8CHANGING, 8

	.type	_RNvNtCsl5dGgP7bIRI_11rust_values5inner6HIDDEN,@object
	.section	.rodata._RNvNtCsl5dGgP7bIRI_11rust_values5inner6HIDDEN,"a",@progbits
	.p2align	1, 0x0
_RNvNtCsl5dGgP7bIRI_11rust_values5inner6HIDDEN:
	.ascii	"\375\377"
	.size	_RNvNtCsl5dGgP7bIRI_11rust_values5inner6HIDDEN, 2

	.type	.Lanon.8366d76b748643162735560495fce882.3,@object
	.section	.rodata..Lanon.8366d76b748643162735560495fce882.3,"a",@progbits
.Lanon.8366d76b748643162735560495fce882.3:
	.ascii	"hello, world"
	.size	.Lanon.8366d76b748643162735560495fce882.3, 12

	.type	.Lanon.8366d76b748643162735560495fce882.4,@object
	.section	.rodata..Lanon.8366d76b748643162735560495fce882.4,"a",@progbits
.Lanon.8366d76b748643162735560495fce882.4:
	.ascii	"tab\tquote\" \303\251"
	.size	.Lanon.8366d76b748643162735560495fce882.4, 13

	.type	.Lanon.8366d76b748643162735560495fce882.5,@object
	.section	.rodata..Lanon.8366d76b748643162735560495fce882.5,"a",@progbits
.Lanon.8366d76b748643162735560495fce882.5:
	.ascii	"aaaaaaaaaaaaaaaaaaaabcc"
	.size	.Lanon.8366d76b748643162735560495fce882.5, 23

	.type	.Lanon.8366d76b748643162735560495fce882.6,@object
	.section	.rodata..Lanon.8366d76b748643162735560495fce882.6,"a",@progbits
.Lanon.8366d76b748643162735560495fce882.6:
	.ascii	"bytes"
	.size	.Lanon.8366d76b748643162735560495fce882.6, 5

	.type	.Lanon.8366d76b748643162735560495fce882.7,@object
	.section	.rodata.cst4,"aM",@progbits,4
.Lanon.8366d76b748643162735560495fce882.7:
	.ascii	"text"
	.size	.Lanon.8366d76b748643162735560495fce882.7, 4

	.type	.Lanon.8366d76b748643162735560495fce882.8,@object
	.section	.rodata..Lanon.8366d76b748643162735560495fce882.8,"a",@progbits
.Lanon.8366d76b748643162735560495fce882.8:
	.ascii	"bad"
	.size	.Lanon.8366d76b748643162735560495fce882.8, 3

	.type	.Lanon.8366d76b748643162735560495fce882.9,@object
	.section	.rodata..Lanon.8366d76b748643162735560495fce882.9,"a",@progbits
.Lanon.8366d76b748643162735560495fce882.9:
	.ascii	"inside"
	.size	.Lanon.8366d76b748643162735560495fce882.9, 6

	.type	.Lanon.8366d76b748643162735560495fce882.10,@object
	.section	.rodata.cst8,"aM",@progbits,8
.Lanon.8366d76b748643162735560495fce882.10:
	.ascii	"diagonal"
	.size	.Lanon.8366d76b748643162735560495fce882.10, 8

	.type	.Lanon.8366d76b748643162735560495fce882.11,@object
	.section	.data.rel.ro..Lanon.8366d76b748643162735560495fce882.11,"aw",@progbits
	.p2align	3, 0x0
.Lanon.8366d76b748643162735560495fce882.11:
	.asciz	"\000\000\000\000\000\000\000\000\020\000\000\000\000\000\000\000\b\000\000\000\000\000\000"
	.quad	_RNvXCsl5dGgP7bIRI_11rust_valuesNtB2_4PairNtB2_4Area4area
	.size	.Lanon.8366d76b748643162735560495fce882.11, 32

	.type	__rustc_debug_gdb_scripts_section__,@object
	.section	.debug_gdb_scripts,"aMS",@progbits,1,unique,1
	.weak	__rustc_debug_gdb_scripts_section__
__rustc_debug_gdb_scripts_section__:
	.asciz	"\001gdb_load_rust_pretty_printers.py"
	.size	__rustc_debug_gdb_scripts_section__, 34

	.section	.debug_abbrev,"",@progbits
	.byte	1
	.byte	17
	.byte	1
	.byte	37
	.byte	14
	.byte	19
	.byte	5
	.byte	3
	.byte	14
	.byte	16
	.byte	23
	.byte	27
	.byte	14
	.byte	17
	.byte	1
	.byte	85
	.byte	23
	.byte	0
	.byte	0
	.byte	2
	.byte	57
	.byte	1
	.byte	3
	.byte	14
	.byte	0
	.byte	0
	.byte	3
	.byte	52
	.byte	0
	.byte	3
	.byte	14
	.byte	73
	.byte	19
	.byte	58
	.byte	11
	.byte	59
	.byte	11
	.ascii	"\210\001"
	.byte	15
	.byte	2
	.byte	24
	.byte	110
	.byte	14
	.byte	0
	.byte	0
	.byte	4
	.byte	46
	.byte	1
	.byte	17
	.byte	1
	.byte	18
	.byte	6
	.byte	64
	.byte	24
	.byte	110
	.byte	14
	.byte	3
	.byte	14
	.byte	58
	.byte	11
	.byte	59
	.byte	11
	.byte	73
	.byte	19
	.byte	0
	.byte	0
	.byte	5
	.byte	5
	.byte	0
	.byte	2
	.byte	24
	.byte	3
	.byte	14
	.byte	58
	.byte	11
	.byte	59
	.byte	11
	.byte	73
	.byte	19
	.byte	0
	.byte	0
	.byte	6
	.byte	19
	.byte	1
	.byte	3
	.byte	14
	.byte	11
	.byte	11
	.byte	50
	.byte	11
	.ascii	"\210\001"
	.byte	15
	.byte	0
	.byte	0
	.byte	7
	.byte	13
	.byte	0
	.byte	3
	.byte	14
	.byte	73
	.byte	19
	.ascii	"\210\001"
	.byte	15
	.byte	56
	.byte	11
	.byte	50
	.byte	11
	.byte	0
	.byte	0
	.byte	8
	.byte	4
	.byte	1
	.byte	73
	.byte	19
	.byte	109
	.byte	25
	.byte	3
	.byte	14
	.byte	11
	.byte	11
	.ascii	"\210\001"
	.byte	15
	.byte	0
	.byte	0
	.byte	9
	.byte	40
	.byte	0
	.byte	3
	.byte	14
	.byte	28
	.byte	15
	.byte	0
	.byte	0
	.byte	10
	.byte	52
	.byte	0
	.byte	2
	.byte	24
	.byte	3
	.byte	14
	.ascii	"\210\001"
	.byte	15
	.byte	58
	.byte	11
	.byte	59
	.byte	11
	.byte	73
	.byte	19
	.byte	0
	.byte	0
	.byte	11
	.byte	19
	.byte	1
	.byte	3
	.byte	14
	.byte	11
	.byte	11
	.ascii	"\210\001"
	.byte	15
	.byte	0
	.byte	0
	.byte	12
	.byte	13
	.byte	0
	.byte	3
	.byte	14
	.byte	73
	.byte	19
	.ascii	"\210\001"
	.byte	15
	.byte	56
	.byte	11
	.byte	0
	.byte	0
	.byte	13
	.byte	46
	.byte	1
	.byte	17
	.byte	1
	.byte	18
	.byte	6
	.byte	64
	.byte	24
	.byte	110
	.byte	14
	.byte	3
	.byte	14
	.byte	58
	.byte	11
	.byte	59
	.byte	11
	.ascii	"\207\001"
	.byte	25
	.byte	0
	.byte	0
	.byte	14
	.byte	5
	.byte	0
	.byte	2
	.byte	24
	.byte	58
	.byte	11
	.byte	59
	.byte	11
	.byte	73
	.byte	19
	.byte	0
	.byte	0
	.byte	15
	.byte	29
	.byte	1
	.byte	49
	.byte	19
	.byte	17
	.byte	1
	.byte	18
	.byte	6
	.byte	88
	.byte	11
	.byte	89
	.byte	11
	.byte	87
	.byte	11
	.byte	0
	.byte	0
	.byte	16
	.byte	5
	.byte	0
	.byte	2
	.byte	24
	.byte	49
	.byte	19
	.byte	0
	.byte	0
	.byte	17
	.byte	11
	.byte	1
	.byte	17
	.byte	1
	.byte	18
	.byte	6
	.byte	0
	.byte	0
	.byte	18
	.byte	46
	.byte	1
	.byte	17
	.byte	1
	.byte	18
	.byte	6
	.byte	64
	.byte	24
	.byte	3
	.byte	14
	.byte	58
	.byte	11
	.byte	59
	.byte	11
	.byte	73
	.byte	19
	.byte	63
	.byte	25
	.byte	0
	.byte	0
	.byte	19
	.byte	11
	.byte	1
	.byte	85
	.byte	23
	.byte	0
	.byte	0
	.byte	20
	.byte	51
	.byte	1
	.byte	21
	.byte	19
	.byte	0
	.byte	0
	.byte	21
	.byte	13
	.byte	0
	.byte	73
	.byte	19
	.ascii	"\210\001"
	.byte	15
	.byte	56
	.byte	11
	.byte	52
	.byte	25
	.byte	0
	.byte	0
	.byte	22
	.byte	25
	.byte	1
	.byte	22
	.byte	11
	.byte	0
	.byte	0
	.byte	23
	.byte	19
	.byte	0
	.byte	3
	.byte	14
	.byte	11
	.byte	11
	.byte	50
	.byte	11
	.ascii	"\210\001"
	.byte	15
	.byte	0
	.byte	0
	.byte	24
	.byte	25
	.byte	1
	.byte	0
	.byte	0
	.byte	25
	.byte	23
	.byte	1
	.byte	3
	.byte	14
	.byte	11
	.byte	11
	.ascii	"\210\001"
	.byte	15
	.byte	0
	.byte	0
	.byte	26
	.byte	47
	.byte	0
	.byte	73
	.byte	19
	.byte	3
	.byte	14
	.byte	0
	.byte	0
	.byte	27
	.byte	51
	.byte	1
	.byte	0
	.byte	0
	.byte	28
	.byte	36
	.byte	0
	.byte	3
	.byte	14
	.byte	62
	.byte	11
	.byte	11
	.byte	11
	.byte	0
	.byte	0
	.byte	29
	.byte	1
	.byte	1
	.byte	73
	.byte	19
	.byte	0
	.byte	0
	.byte	30
	.byte	33
	.byte	0
	.byte	73
	.byte	19
	.byte	34
	.byte	13
	.byte	55
	.byte	11
	.byte	0
	.byte	0
	.byte	31
	.byte	15
	.byte	0
	.byte	73
	.byte	19
	.byte	51
	.byte	6
	.byte	0
	.byte	0
	.byte	32
	.byte	36
	.byte	0
	.byte	3
	.byte	14
	.byte	11
	.byte	11
	.byte	62
	.byte	11
	.byte	0
	.byte	0
	.byte	33
	.byte	52
	.byte	0
	.byte	3
	.byte	14
	.byte	73
	.byte	19
	.byte	2
	.byte	24
	.byte	0
	.byte	0
	.byte	34
	.byte	19
	.byte	1
	.byte	29
	.byte	19
	.byte	3
	.byte	14
	.byte	11
	.byte	11
	.ascii	"\210\001"
	.byte	15
	.byte	0
	.byte	0
	.byte	35
	.byte	15
	.byte	0
	.byte	73
	.byte	19
	.byte	3
	.byte	14
	.byte	51
	.byte	6
	.byte	0
	.byte	0
	.byte	36
	.byte	40
	.byte	0
	.byte	3
	.byte	14
	.byte	28
	.byte	13
	.byte	0
	.byte	0
	.byte	37
	.byte	46
	.byte	1
	.byte	110
	.byte	14
	.byte	3
	.byte	14
	.byte	58
	.byte	11
	.byte	59
	.byte	5
	.byte	73
	.byte	19
	.byte	32
	.byte	11
	.byte	0
	.byte	0
	.byte	38
	.byte	5
	.byte	0
	.byte	3
	.byte	14
	.byte	58
	.byte	11
	.byte	59
	.byte	5
	.byte	73
	.byte	19
	.byte	0
	.byte	0
	.byte	39
	.byte	46
	.byte	1
	.byte	110
	.byte	14
	.byte	3
	.byte	14
	.byte	58
	.byte	11
	.byte	59
	.byte	5
	.byte	73
	.byte	19
	.byte	60
	.byte	25
	.byte	0
	.byte	0
	.byte	40
	.byte	5
	.byte	0
	.byte	73
	.byte	19
	.byte	0
	.byte	0
	.byte	41
	.byte	25
	.byte	1
	.byte	22
	.byte	6
	.byte	0
	.byte	0
	.byte	42
	.byte	46
	.byte	1
	.byte	17
	.byte	1
	.byte	18
	.byte	6
	.byte	64
	.byte	24
	.byte	71
	.byte	19
	.byte	0
	.byte	0
	.byte	43
	.byte	5
	.byte	0
	.byte	2
	.byte	24
	.byte	3
	.byte	14
	.byte	58
	.byte	11
	.byte	59
	.byte	5
	.byte	73
	.byte	19
	.byte	0
	.byte	0
	.byte	44
	.byte	21
	.byte	1
	.byte	73
	.byte	19
	.byte	0
	.byte	0
	.byte	45
	.byte	19
	.byte	0
	.byte	3
	.byte	14
	.byte	11
	.byte	11
	.ascii	"\210\001"
	.byte	15
	.byte	0
	.byte	0
	.byte	0
	.section	.debug_info,"",@progbits
.Lcu_begin0:
	.long	.Ldebug_info_end0-.Ldebug_info_start0
.Ldebug_info_start0:
	.short	4
	.long	.debug_abbrev
	.byte	8
	.byte	1
	.long	.Linfo_string0
	.short	28
	.long	.Linfo_string1
	.long	.Lline_table_start0
	.long	.Linfo_string2
	.quad	0
	.long	.Ldebug_ranges67
	.byte	2
	.long	.Linfo_string3
	.byte	3
	.long	.Linfo_string4
	.long	3405
	.byte	1
	.byte	39
	.byte	4
	.byte	9
	.byte	3
	.quad	_RNvCsl5dGgP7bIRI_11rust_values5COUNT
	.long	.Linfo_string6
	.byte	3
	.long	.Linfo_string7
	.long	3412
	.byte	1
	.byte	41
	.byte	8
	.byte	9
	.byte	3
	.quad	_RNvCsl5dGgP7bIRI_11rust_values5NAMES
	.long	.Linfo_string14
	.byte	3
	.long	.Linfo_string15
	.long	3485
	.byte	1
	.byte	40
	.byte	8
	.byte	9
	.byte	3
	.quad	_RNvCsl5dGgP7bIRI_11rust_values8CHANGING
	.long	.Linfo_string17
	.byte	2
	.long	.Linfo_string18
	.byte	3
	.long	.Linfo_string19
	.long	3492
	.byte	1
	.byte	45
	.byte	2
	.byte	9
	.byte	3
	.quad	_RNvNtCsl5dGgP7bIRI_11rust_values5inner6HIDDEN
	.long	.Linfo_string21
	.byte	4
	.quad	.Lfunc_begin7
	.long	.Lfunc_end7-.Lfunc_begin7
	.byte	1
	.byte	87
	.long	.Linfo_string91
	.long	.Linfo_string92
	.byte	1
	.byte	48
	.long	200
	.byte	5
	.byte	2
	.byte	145
	.byte	127
	.long	.Linfo_string93
	.byte	1
	.byte	48
	.long	3464
	.byte	0
	.byte	6
	.long	.Linfo_string97
	.byte	6
	.byte	1
	.byte	2
	.byte	7
	.long	.Linfo_string93
	.long	3464
	.byte	1
	.byte	4
	.byte	1
	.byte	7
	.long	.Linfo_string94
	.long	4140
	.byte	2
	.byte	0
	.byte	1
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string33
	.byte	16
	.byte	1
	.byte	8
	.byte	7
	.long	.Linfo_string29
	.long	3594
	.byte	4
	.byte	8
	.byte	3
	.byte	7
	.long	.Linfo_string31
	.long	3601
	.byte	8
	.byte	0
	.byte	3
	.byte	0
	.byte	8
	.long	3464

	.long	.Linfo_string38
	.byte	1
	.byte	1
	.byte	9
	.long	.Linfo_string35
	.byte	0
	.byte	9
	.long	.Linfo_string36
	.byte	5
	.byte	9
	.long	.Linfo_string37
	.byte	6
	.byte	0
	.byte	8
	.long	3464

	.long	.Linfo_string41
	.byte	1
	.byte	1
	.byte	9
	.long	.Linfo_string39
	.byte	1
	.byte	9
	.long	.Linfo_string40
	.byte	2
	.byte	0
	.byte	2
	.long	.Linfo_string49
	.byte	4
	.quad	.Lfunc_begin0
	.long	.Lfunc_end0-.Lfunc_begin0
	.byte	1
	.byte	87
	.long	.Linfo_string83
	.long	.Linfo_string84
	.byte	1
	.byte	142
	.long	3594
	.byte	5
	.byte	2
	.byte	145
	.byte	20
	.long	.Linfo_string93
	.byte	1
	.byte	142
	.long	3594
	.byte	10
	.byte	4
	.byte	145
	.byte	8
	.byte	6
	.byte	6
	.long	.Linfo_string100
	.byte	4
	.byte	1
	.byte	72
	.long	3594
	.byte	0
	.byte	11
	.long	.Linfo_string235
	.byte	8
	.byte	8
	.byte	12
	.long	.Linfo_string233
	.long	6556
	.byte	8
	.byte	0
	.byte	0
	.byte	0
	.byte	13
	.quad	.Lfunc_begin1
	.long	.Lfunc_end1-.Lfunc_begin1
	.byte	1
	.byte	87
	.long	.Linfo_string85
	.long	.Linfo_string86
	.byte	1
	.byte	11

	.byte	14
	.byte	2
	.byte	145
	.byte	120
	.byte	1
	.byte	11
	.long	6026
	.byte	0
	.byte	4
	.quad	.Lfunc_begin2
	.long	.Lfunc_end2-.Lfunc_begin2
	.byte	1
	.byte	87
	.long	.Linfo_string87
	.long	.Linfo_string88
	.byte	1
	.byte	52
	.long	3594
	.byte	5
	.byte	2
	.byte	145
	.byte	112
	.long	.Linfo_string93
	.byte	1
	.byte	52
	.long	3594
	.byte	5
	.byte	2
	.byte	145
	.byte	116
	.long	.Linfo_string94
	.byte	1
	.byte	52
	.long	3594
	.byte	15
	.long	3659
	.quad	.Ltmp4
	.long	.Ltmp5-.Ltmp4
	.byte	1
	.byte	52
	.byte	39
	.byte	16
	.byte	2
	.byte	145
	.byte	120
	.long	3676
	.byte	16
	.byte	2
	.byte	145
	.byte	124
	.long	3688
	.byte	0
	.byte	0
	.byte	4
	.quad	.Lfunc_begin3
	.long	.Lfunc_end3-.Lfunc_begin3
	.byte	1
	.byte	87
	.long	.Linfo_string89
	.long	.Linfo_string90
	.byte	1
	.byte	55
	.long	3594
	.byte	5
	.byte	2
	.byte	145
	.byte	8
	.long	.Linfo_string152
	.byte	1
	.byte	55
	.long	6255
	.byte	5
	.byte	2
	.byte	145
	.byte	16
	.long	.Linfo_string170
	.byte	1
	.byte	55
	.long	6268
	.byte	17
	.quad	.Ltmp8
	.long	.Ltmp13-.Ltmp8
	.byte	10
	.byte	2
	.byte	145
	.byte	28
	.long	.Linfo_string179
	.byte	4
	.byte	1
	.byte	56
	.long	3594
	.byte	17
	.quad	.Ltmp9
	.long	.Ltmp13-.Ltmp9
	.byte	10
	.byte	2
	.byte	145
	.byte	4
	.long	.Linfo_string178
	.byte	4
	.byte	1
	.byte	57
	.long	3594
	.byte	15
	.long	3659
	.quad	.Ltmp10
	.long	.Ltmp11-.Ltmp10
	.byte	1
	.byte	58
	.byte	39
	.byte	16
	.byte	2
	.byte	145
	.byte	40
	.long	3676
	.byte	16
	.byte	2
	.byte	145
	.byte	44
	.long	3688
	.byte	0
	.byte	15
	.long	3659
	.quad	.Ltmp12
	.long	.Ltmp13-.Ltmp12
	.byte	1
	.byte	58
	.byte	59
	.byte	16
	.byte	2
	.byte	145
	.byte	32
	.long	3676
	.byte	16
	.byte	2
	.byte	145
	.byte	36
	.long	3688
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	2
	.long	.Linfo_string82
	.byte	4
	.quad	.Lfunc_begin8
	.long	.Lfunc_end8-.Lfunc_begin8
	.byte	1
	.byte	87
	.long	.Linfo_string98
	.long	.Linfo_string99
	.byte	1
	.byte	36
	.long	3601
	.byte	5
	.byte	2
	.byte	145
	.byte	120
	.long	.Linfo_string54
	.byte	1
	.byte	36
	.long	6281
	.byte	0
	.byte	0
	.byte	18
	.quad	.Lfunc_begin9
	.long	.Lfunc_end9-.Lfunc_begin9
	.byte	1
	.byte	87
	.long	.Linfo_string49
	.byte	1
	.byte	62
	.long	3594

	.byte	17
	.quad	.Ltmp25
	.long	.Ltmp111-.Ltmp25
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\266\004"
	.long	.Linfo_string238
	.byte	1
	.byte	1
	.byte	63
	.long	5865
	.byte	17
	.quad	.Ltmp26
	.long	.Ltmp111-.Ltmp26
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\267\004"
	.long	.Linfo_string239
	.byte	1
	.byte	1
	.byte	64
	.long	5865
	.byte	19
	.long	.Ldebug_ranges0
	.byte	10
	.byte	2
	.byte	145
	.byte	16
	.long	.Linfo_string182
	.byte	4
	.byte	1
	.byte	65
	.long	6294
	.byte	19
	.long	.Ldebug_ranges0
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\270\004"
	.long	.Linfo_string240
	.byte	4
	.byte	1
	.byte	66
	.long	6294
	.byte	19
	.long	.Ldebug_ranges1
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\274\004"
	.long	.Linfo_string241
	.byte	4
	.byte	1
	.byte	67
	.long	6294
	.byte	19
	.long	.Ldebug_ranges2
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\300\004"
	.long	.Linfo_string242
	.byte	4
	.byte	1
	.byte	68
	.long	6294
	.byte	19
	.long	.Ldebug_ranges3
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\304\004"
	.long	.Linfo_string243
	.byte	1
	.byte	1
	.byte	69
	.long	3464
	.byte	19
	.long	.Ldebug_ranges4
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\305\004"
	.long	.Linfo_string244
	.byte	1
	.byte	1
	.byte	70
	.long	5858
	.byte	19
	.long	.Ldebug_ranges5
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\306\004"
	.long	.Linfo_string245
	.byte	2
	.byte	1
	.byte	71
	.long	6019
	.byte	19
	.long	.Ldebug_ranges6
	.byte	10
	.byte	2
	.byte	145
	.byte	20
	.long	.Linfo_string100
	.byte	4
	.byte	1
	.byte	72
	.long	3594
	.byte	19
	.long	.Ldebug_ranges6
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\310\004"
	.long	.Linfo_string246
	.byte	8
	.byte	1
	.byte	73
	.long	6065
	.byte	19
	.long	.Ldebug_ranges7
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\320\004"
	.long	.Linfo_string247
	.byte	16
	.byte	1
	.byte	74
	.long	6595
	.byte	19
	.long	.Ldebug_ranges8
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\340\004"
	.long	.Linfo_string26
	.byte	8
	.byte	1
	.byte	75
	.long	3471
	.byte	19
	.long	.Ldebug_ranges9
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\354\004"
	.long	.Linfo_string249
	.byte	4
	.byte	1
	.byte	76
	.long	6549
	.byte	19
	.long	.Ldebug_ranges10
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\360\004"
	.long	.Linfo_string221
	.byte	8
	.byte	1
	.byte	77
	.long	3601
	.byte	19
	.long	.Ldebug_ranges11
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\376\004"
	.long	.Linfo_string250
	.byte	1
	.byte	1
	.byte	78
	.long	3587
	.byte	19
	.long	.Ldebug_ranges12
	.byte	10
	.byte	2
	.byte	145
	.byte	24
	.long	.Linfo_string184
	.byte	4
	.byte	1
	.byte	79
	.long	2908
	.byte	19
	.long	.Ldebug_ranges13
	.byte	10
	.byte	2
	.byte	145
	.byte	32
	.long	.Linfo_string185
	.byte	8
	.byte	1
	.byte	80
	.long	234
	.byte	19
	.long	.Ldebug_ranges13
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\377\004"
	.long	.Linfo_string251
	.byte	1
	.byte	1
	.byte	81
	.long	3351
	.byte	19
	.long	.Ldebug_ranges14
	.byte	10
	.byte	2
	.byte	145
	.byte	48
	.long	.Linfo_string186
	.byte	4
	.byte	1
	.byte	82
	.long	3114
	.byte	19
	.long	.Ldebug_ranges15
	.byte	10
	.byte	3
	.byte	145
	.asciz	"\300"
	.long	.Linfo_string191
	.byte	8
	.byte	1
	.byte	83
	.long	6344
	.byte	19
	.long	.Ldebug_ranges16
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\307\005"
	.long	.Linfo_string258
	.byte	1
	.byte	1
	.byte	84
	.long	6615
	.byte	19
	.long	.Ldebug_ranges17
	.byte	10
	.byte	3
	.byte	145
	.asciz	"\324"
	.long	.Linfo_string194
	.byte	4
	.byte	1
	.byte	85
	.long	6385
	.byte	19
	.long	.Ldebug_ranges18
	.byte	10
	.byte	3
	.byte	145
	.asciz	"\344"
	.long	.Linfo_string197
	.byte	4
	.byte	1
	.byte	86
	.long	6445
	.byte	19
	.long	.Ldebug_ranges19
	.byte	10
	.byte	3
	.byte	145
	.asciz	"\360"
	.long	.Linfo_string198
	.byte	2
	.byte	1
	.byte	87
	.long	6458
	.byte	19
	.long	.Ldebug_ranges20
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\230\001"
	.long	.Linfo_string199
	.byte	1
	.byte	1
	.byte	88
	.long	6471
	.byte	19
	.long	.Ldebug_ranges21
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\240\001"
	.long	.Linfo_string200
	.byte	1
	.byte	1
	.byte	89
	.long	6497
	.byte	19
	.long	.Ldebug_ranges22
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\250\001"
	.long	.Linfo_string201
	.byte	4
	.byte	1
	.byte	90
	.long	6510
	.byte	19
	.long	.Ldebug_ranges23
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\260\001"
	.long	.Linfo_string202
	.byte	4
	.byte	1
	.byte	91
	.long	6523
	.byte	19
	.long	.Ldebug_ranges24
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\310\005"
	.long	.Linfo_string260
	.byte	8
	.byte	1
	.byte	92
	.long	6634
	.byte	19
	.long	.Ldebug_ranges25
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\330\005"
	.long	.Linfo_string262
	.byte	8
	.byte	1
	.byte	93
	.long	6673
	.byte	19
	.long	.Ldebug_ranges26
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\350\005"
	.long	.Linfo_string264
	.byte	8
	.byte	1
	.byte	94
	.long	6703
	.byte	19
	.long	.Ldebug_ranges26
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\200\005"
	.long	.Linfo_string253
	.byte	8
	.byte	1
	.byte	95
	.long	3425
	.byte	19
	.long	.Ldebug_ranges27
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\220\005"
	.long	.Linfo_string254
	.byte	8
	.byte	1
	.byte	96
	.long	3425
	.byte	19
	.long	.Ldebug_ranges28
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\240\005"
	.long	.Linfo_string255
	.byte	8
	.byte	1
	.byte	97
	.long	3425
	.byte	19
	.long	.Ldebug_ranges29
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\300\001"
	.long	.Linfo_string203
	.byte	8
	.byte	1
	.byte	98
	.long	6536
	.byte	19
	.long	.Ldebug_ranges30
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\370\005"
	.long	.Linfo_string266
	.byte	8
	.byte	1
	.byte	99
	.long	6556
	.byte	19
	.long	.Ldebug_ranges31
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\200\006"
	.long	.Linfo_string267
	.byte	8
	.byte	1
	.byte	100
	.long	6742
	.byte	19
	.long	.Ldebug_ranges32
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\314\001"
	.long	.Linfo_string205
	.byte	4
	.byte	1
	.byte	101
	.long	3594
	.byte	19
	.long	.Ldebug_ranges33
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\210\006"
	.long	.Linfo_string269
	.byte	8
	.byte	1
	.byte	102
	.long	6755
	.byte	19
	.long	.Ldebug_ranges34
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\220\006"
	.long	.Linfo_string271
	.byte	8
	.byte	1
	.byte	103
	.long	6768
	.byte	19
	.long	.Ldebug_ranges35
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\230\006"
	.long	.Linfo_string273
	.byte	8
	.byte	1
	.byte	104
	.long	6781
	.byte	19
	.long	.Ldebug_ranges36
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\240\006"
	.long	.Linfo_string275
	.byte	8
	.byte	1
	.byte	105
	.long	6052
	.byte	19
	.long	.Ldebug_ranges37
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\250\006"
	.long	.Linfo_string276
	.byte	4
	.byte	1
	.byte	106
	.long	4436
	.byte	19
	.long	.Ldebug_ranges38
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\260\006"
	.long	.Linfo_string278
	.byte	4
	.byte	1
	.byte	107
	.long	4436
	.byte	19
	.long	.Ldebug_ranges39
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\270\006"
	.long	.Linfo_string279
	.byte	8
	.byte	1
	.byte	108
	.long	4534
	.byte	19
	.long	.Ldebug_ranges40
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\300\006"
	.long	.Linfo_string281
	.byte	8
	.byte	1
	.byte	109
	.long	4534
	.byte	19
	.long	.Ldebug_ranges41
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\310\006"
	.long	.Linfo_string282
	.byte	8
	.byte	1
	.byte	110
	.long	4631
	.byte	19
	.long	.Ldebug_ranges42
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\330\006"
	.long	.Linfo_string284
	.byte	4
	.byte	1
	.byte	111
	.long	4728
	.byte	19
	.long	.Ldebug_ranges43
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\337\006"
	.long	.Linfo_string286
	.byte	1
	.byte	1
	.byte	112
	.long	4828
	.byte	19
	.long	.Ldebug_ranges44
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\340\006"
	.long	.Linfo_string288
	.byte	1
	.byte	1
	.byte	113
	.long	4925
	.byte	19
	.long	.Ldebug_ranges45
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\342\006"
	.long	.Linfo_string290
	.byte	1
	.byte	1
	.byte	114
	.long	4925
	.byte	19
	.long	.Ldebug_ranges46
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\344\006"
	.long	.Linfo_string72
	.byte	4
	.byte	1
	.byte	115
	.long	4043
	.byte	19
	.long	.Ldebug_ranges47
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\320\001"
	.long	.Linfo_string206
	.byte	8
	.byte	1
	.byte	116
	.long	5687
	.byte	19
	.long	.Ldebug_ranges48
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\340\001"
	.long	.Linfo_string208
	.byte	8
	.byte	1
	.byte	117
	.long	5687
	.byte	19
	.long	.Ldebug_ranges49
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\350\006"
	.long	.Linfo_string291
	.byte	1
	.byte	1
	.byte	118
	.long	267
	.byte	19
	.long	.Ldebug_ranges50
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\351\006"
	.long	.Linfo_string292
	.byte	1
	.byte	1
	.byte	119
	.long	267
	.byte	19
	.long	.Ldebug_ranges51
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\352\006"
	.long	.Linfo_string293
	.byte	1
	.byte	1
	.byte	120
	.long	267
	.byte	19
	.long	.Ldebug_ranges52
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\353\006"
	.long	.Linfo_string294
	.byte	1
	.byte	1
	.byte	121
	.long	297
	.byte	19
	.long	.Ldebug_ranges53
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\360\001"
	.long	.Linfo_string209
	.byte	8
	.byte	1
	.byte	122
	.long	2941
	.byte	19
	.long	.Ldebug_ranges54
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\200\002"
	.long	.Linfo_string210
	.byte	8
	.byte	1
	.byte	123
	.long	2941
	.byte	19
	.long	.Ldebug_ranges55
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\220\002"
	.long	.Linfo_string211
	.byte	8
	.byte	1
	.byte	124
	.long	2941
	.byte	19
	.long	.Ldebug_ranges56
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\240\002"
	.long	.Linfo_string212
	.byte	8
	.byte	1
	.byte	125
	.long	2941
	.byte	19
	.long	.Ldebug_ranges57
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\354\006"
	.long	.Linfo_string295
	.byte	4
	.byte	1
	.byte	126
	.long	3359
	.byte	19
	.long	.Ldebug_ranges58
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\260\002"
	.long	.Linfo_string213
	.byte	8
	.byte	1
	.byte	127
	.long	3159
	.byte	19
	.long	.Ldebug_ranges59
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\300\002"
	.long	.Linfo_string217
	.byte	8
	.byte	1
	.byte	128
	.long	3159
	.byte	19
	.long	.Ldebug_ranges60
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\340\002"
	.long	.Linfo_string218
	.byte	8
	.byte	1
	.byte	129
	.long	3159
	.byte	19
	.long	.Ldebug_ranges61
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\200\003"
	.long	.Linfo_string219
	.byte	4
	.byte	1
	.byte	130
	.long	3237
	.byte	19
	.long	.Ldebug_ranges62
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\205\003"
	.long	.Linfo_string224
	.byte	1
	.byte	1
	.byte	131
	.long	3267
	.byte	19
	.long	.Ldebug_ranges63
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\210\003"
	.long	.Linfo_string228
	.byte	8
	.byte	1
	.byte	132
	.long	3309
	.byte	19
	.long	.Ldebug_ranges64
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\240\003"
	.long	.Linfo_string152
	.byte	8
	.byte	1
	.byte	133
	.long	2863
	.byte	19
	.long	.Ldebug_ranges65
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\302\003"
	.long	.Linfo_string230
	.byte	2
	.byte	1
	.byte	134
	.long	200
	.byte	19
	.long	.Ldebug_ranges66
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\374\006"
	.long	.Linfo_string66
	.byte	4
	.byte	1
	.byte	135
	.long	3946
	.byte	19
	.long	.Ldebug_ranges66
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\260\005"
	.long	.Linfo_string256
	.byte	8
	.byte	1
	.byte	136
	.long	3425
	.byte	17
	.quad	.Ltmp98
	.long	.Ltmp111-.Ltmp98
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\200\007"
	.long	.Linfo_string298
	.byte	8
	.byte	1
	.byte	137
	.long	6673
	.byte	17
	.quad	.Ltmp98
	.long	.Ltmp111-.Ltmp98
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\306\005"
	.long	.Linfo_string257
	.byte	2
	.byte	1
	.byte	138
	.long	6602
	.byte	17
	.quad	.Ltmp99
	.long	.Ltmp111-.Ltmp99
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\310\003"
	.long	.Linfo_string231
	.byte	8
	.byte	1
	.byte	139
	.long	2941
	.byte	17
	.quad	.Ltmp100
	.long	.Ltmp111-.Ltmp100
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\220\007"
	.long	.Linfo_string299
	.byte	8
	.byte	1
	.byte	140
	.long	6794
	.byte	17
	.quad	.Ltmp101
	.long	.Ltmp111-.Ltmp101
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\230\007"
	.long	.Linfo_string301
	.byte	8
	.byte	1
	.byte	141
	.long	6807
	.byte	17
	.quad	.Ltmp102
	.long	.Ltmp111-.Ltmp102
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\330\003"
	.long	.Linfo_string232
	.byte	8
	.byte	1
	.byte	142
	.long	387
	.byte	17
	.quad	.Ltmp103
	.long	.Ltmp111-.Ltmp103
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\240\007"
	.long	.Linfo_string303
	.byte	8
	.byte	1
	.byte	143
	.long	6836
	.byte	17
	.quad	.Ltmp104
	.long	.Ltmp111-.Ltmp104
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\340\003"
	.long	.Linfo_string236
	.byte	8
	.byte	1
	.byte	144
	.long	6569
	.byte	17
	.quad	.Ltmp105
	.long	.Ltmp111-.Ltmp105
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\242\004"
	.long	.Linfo_string124
	.byte	1
	.byte	1
	.byte	145
	.long	6582
	.byte	17
	.quad	.Ltmp106
	.long	.Ltmp111-.Ltmp106
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\260\007"
	.long	.Linfo_string57
	.byte	4
	.byte	1
	.byte	146
	.long	3897
	.byte	17
	.quad	.Ltmp107
	.long	.Ltmp111-.Ltmp107
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\250\004"
	.long	.Linfo_string237
	.byte	4
	.byte	1
	.byte	147
	.long	3807
	.byte	17
	.quad	.Ltmp108
	.long	.Ltmp111-.Ltmp108
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\273\007"
	.long	.Linfo_string308
	.byte	1
	.byte	1
	.byte	148
	.long	3618
	.byte	17
	.quad	.Ltmp109
	.long	.Ltmp111-.Ltmp109
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\274\007"
	.long	.Linfo_string93
	.byte	4
	.byte	1
	.byte	149
	.long	3594
	.byte	17
	.quad	.Ltmp110
	.long	.Ltmp111-.Ltmp110
	.byte	10
	.byte	3
	.byte	145
	.ascii	"\300\007"
	.long	.Linfo_string94
	.byte	8
	.byte	1
	.byte	150
	.long	3601
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string168
	.byte	32
	.byte	1
	.byte	8
	.byte	7
	.long	.Linfo_string162
	.long	2908
	.byte	4
	.byte	16
	.byte	3
	.byte	7
	.long	.Linfo_string166
	.long	2908
	.byte	4
	.byte	24
	.byte	3
	.byte	7
	.long	.Linfo_string167
	.long	3425
	.byte	8
	.byte	0
	.byte	3
	.byte	0
	.byte	6
	.long	.Linfo_string165
	.byte	8
	.byte	1
	.byte	4
	.byte	7
	.long	.Linfo_string163
	.long	3594
	.byte	4
	.byte	0
	.byte	1
	.byte	7
	.long	.Linfo_string164
	.long	3594
	.byte	4
	.byte	4
	.byte	1
	.byte	0
	.byte	6
	.long	.Linfo_string176
	.byte	16
	.byte	1
	.byte	8
	.byte	20
	.long	2954
	.byte	21
	.long	3464
	.byte	1
	.byte	0

	.byte	22
	.byte	0
	.byte	12
	.long	.Linfo_string171
	.long	3018
	.byte	8
	.byte	0
	.byte	0
	.byte	22
	.byte	1
	.byte	12
	.long	.Linfo_string172
	.long	3026
	.byte	8
	.byte	0
	.byte	0
	.byte	22
	.byte	2
	.byte	12
	.long	.Linfo_string173
	.long	3047
	.byte	8
	.byte	0
	.byte	0
	.byte	22
	.byte	3
	.byte	12
	.long	.Linfo_string40
	.long	3080
	.byte	8
	.byte	0
	.byte	0
	.byte	0
	.byte	23
	.long	.Linfo_string171
	.byte	16
	.byte	1
	.byte	8
	.byte	6
	.long	.Linfo_string172
	.byte	16
	.byte	1
	.byte	8
	.byte	7
	.long	.Linfo_string29
	.long	3601
	.byte	8
	.byte	8
	.byte	1
	.byte	0
	.byte	6
	.long	.Linfo_string173
	.byte	16
	.byte	1
	.byte	8
	.byte	7
	.long	.Linfo_string174
	.long	3405
	.byte	4
	.byte	4
	.byte	1
	.byte	7
	.long	.Linfo_string175
	.long	2908
	.byte	4
	.byte	8
	.byte	1
	.byte	0
	.byte	6
	.long	.Linfo_string40
	.byte	16
	.byte	1
	.byte	8
	.byte	7
	.long	.Linfo_string29
	.long	3464
	.byte	1
	.byte	1
	.byte	1
	.byte	7
	.long	.Linfo_string31
	.long	3485
	.byte	8
	.byte	8
	.byte	1
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string190
	.byte	12
	.byte	1
	.byte	4
	.byte	7
	.long	.Linfo_string93
	.long	3464
	.byte	1
	.byte	10
	.byte	3
	.byte	7
	.long	.Linfo_string94
	.long	4238
	.byte	4
	.byte	0
	.byte	3
	.byte	7
	.long	.Linfo_string189
	.long	6331
	.byte	1
	.byte	8
	.byte	3
	.byte	0
	.byte	6
	.long	.Linfo_string216
	.byte	16
	.byte	1
	.byte	8
	.byte	20
	.long	3172
	.byte	21
	.long	3464
	.byte	1
	.byte	0

	.byte	22
	.byte	4
	.byte	12
	.long	.Linfo_string214
	.long	3207
	.byte	8
	.byte	0
	.byte	0
	.byte	24
	.byte	12
	.long	.Linfo_string215
	.long	3215
	.byte	8
	.byte	0
	.byte	0
	.byte	0
	.byte	23
	.long	.Linfo_string214
	.byte	16
	.byte	1
	.byte	8
	.byte	6
	.long	.Linfo_string215
	.byte	16
	.byte	1
	.byte	8
	.byte	7
	.long	.Linfo_string29
	.long	2941
	.byte	8
	.byte	0
	.byte	1
	.byte	0
	.byte	0
	.byte	25
	.long	.Linfo_string223
	.byte	4
	.byte	4
	.byte	12
	.long	.Linfo_string220
	.long	3405
	.byte	4
	.byte	0
	.byte	12
	.long	.Linfo_string221
	.long	6549
	.byte	4
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string227
	.byte	3
	.byte	1
	.byte	1
	.byte	26
	.long	4338
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string18
	.long	4338
	.byte	1
	.byte	0
	.byte	3
	.byte	7
	.long	.Linfo_string226
	.long	3464
	.byte	1
	.byte	2
	.byte	3
	.byte	0
	.byte	6
	.long	.Linfo_string229
	.byte	24
	.byte	1
	.byte	8
	.byte	26
	.long	3425
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string18
	.long	3425
	.byte	8
	.byte	0
	.byte	3
	.byte	7
	.long	.Linfo_string226
	.long	3464
	.byte	1
	.byte	16
	.byte	3
	.byte	0
	.byte	23
	.long	.Linfo_string252
	.byte	0
	.byte	1
	.byte	1
	.byte	6
	.long	.Linfo_string297
	.byte	4
	.byte	1
	.byte	4
	.byte	27
	.byte	24
	.byte	12
	.long	.Linfo_string296
	.long	3382
	.byte	4
	.byte	0
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string296
	.byte	4
	.byte	1
	.byte	4
	.byte	7
	.long	.Linfo_string29
	.long	3405
	.byte	4
	.byte	0
	.byte	1
	.byte	0
	.byte	0
	.byte	0
	.byte	28
	.long	.Linfo_string5
	.byte	7
	.byte	4
	.byte	29
	.long	3425
	.byte	30
	.long	3478
	.byte	0
	.byte	3
	.byte	0
	.byte	11
	.long	.Linfo_string12
	.byte	16
	.byte	8
	.byte	12
	.long	.Linfo_string8
	.long	3455
	.byte	8
	.byte	0
	.byte	12
	.long	.Linfo_string10
	.long	3471
	.byte	8
	.byte	8
	.byte	0
	.byte	31
	.long	3464
	.long	0
	.byte	28
	.long	.Linfo_string9
	.byte	7
	.byte	1
	.byte	28
	.long	.Linfo_string11
	.byte	7
	.byte	8
	.byte	32
	.long	.Linfo_string13
	.byte	8
	.byte	7
	.byte	28
	.long	.Linfo_string16
	.byte	5
	.byte	8
	.byte	28
	.long	.Linfo_string20
	.byte	5
	.byte	2
	.byte	33
	.long	.Linfo_string22
	.long	3518
	.byte	9
	.byte	3
	.quad	.Lanon.8366d76b748643162735560495fce882.11
	.byte	34
	.long	234
	.long	.Linfo_string34
	.byte	32
	.byte	8
	.byte	12
	.long	.Linfo_string23
	.long	3574
	.byte	8
	.byte	0
	.byte	12
	.long	.Linfo_string26
	.long	3471
	.byte	8
	.byte	8
	.byte	12
	.long	.Linfo_string27
	.long	3471
	.byte	8
	.byte	16
	.byte	12
	.long	.Linfo_string28
	.long	3574
	.byte	8
	.byte	24
	.byte	0
	.byte	35
	.long	3587
	.long	.Linfo_string25
	.long	0
	.byte	28
	.long	.Linfo_string24
	.byte	7
	.byte	0
	.byte	28
	.long	.Linfo_string30
	.byte	5
	.byte	4
	.byte	28
	.long	.Linfo_string32
	.byte	4
	.byte	8
	.byte	2
	.long	.Linfo_string42
	.byte	2
	.long	.Linfo_string43
	.byte	8
	.long	5858

	.long	.Linfo_string48
	.byte	1
	.byte	1
	.byte	36
	.long	.Linfo_string45
	.byte	127
	.byte	36
	.long	.Linfo_string46
	.byte	0
	.byte	36
	.long	.Linfo_string47
	.byte	1
	.byte	0
	.byte	0
	.byte	2
	.long	.Linfo_string50
	.byte	2
	.long	.Linfo_string51
	.byte	37
	.long	.Linfo_string52
	.long	.Linfo_string53
	.byte	2
	.short	2100
	.long	3594
	.byte	1
	.byte	38
	.long	.Linfo_string54
	.byte	2
	.short	2100
	.long	3594
	.byte	38
	.long	.Linfo_string55
	.byte	2
	.short	2100
	.long	3594
	.byte	0
	.byte	0
	.byte	2
	.long	.Linfo_string72
	.byte	6
	.long	.Linfo_string75
	.byte	4
	.byte	1
	.byte	4
	.byte	26
	.long	3405
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string29
	.long	3774
	.byte	4
	.byte	0
	.byte	3
	.byte	39
	.long	.Linfo_string76
	.long	.Linfo_string77
	.byte	5
	.short	401
	.long	4043

	.byte	26
	.long	3405
	.long	.Linfo_string67
	.byte	40
	.long	3405
	.byte	0
	.byte	0
	.byte	0
	.byte	2
	.long	.Linfo_string73
	.byte	6
	.long	.Linfo_string74
	.byte	4
	.byte	1
	.byte	4
	.byte	7
	.long	.Linfo_string29
	.long	3405
	.byte	4
	.byte	0
	.byte	3
	.byte	0
	.byte	0
	.byte	0
	.byte	2
	.long	.Linfo_string56
	.byte	2
	.long	.Linfo_string57
	.byte	6
	.long	.Linfo_string63
	.byte	12
	.byte	1
	.byte	4
	.byte	26
	.long	3594
	.long	.Linfo_string58
	.byte	7
	.long	.Linfo_string59
	.long	3594
	.byte	4
	.byte	0
	.byte	2
	.byte	7
	.long	.Linfo_string60
	.long	3594
	.byte	4
	.byte	4
	.byte	2
	.byte	7
	.long	.Linfo_string61
	.long	5865
	.byte	1
	.byte	8
	.byte	2
	.byte	39
	.long	.Linfo_string64
	.long	.Linfo_string65
	.byte	3
	.short	390
	.long	3807

	.byte	26
	.long	3594
	.long	.Linfo_string58
	.byte	40
	.long	3594
	.byte	40
	.long	3594
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string307
	.byte	8
	.byte	1
	.byte	4
	.byte	26
	.long	3594
	.long	.Linfo_string58
	.byte	7
	.long	.Linfo_string59
	.long	3594
	.byte	4
	.byte	0
	.byte	1
	.byte	7
	.long	.Linfo_string60
	.long	3594
	.byte	4
	.byte	4
	.byte	1
	.byte	0
	.byte	0
	.byte	0
	.byte	2
	.long	.Linfo_string66
	.byte	6
	.long	.Linfo_string70
	.byte	4
	.byte	1
	.byte	4
	.byte	26
	.long	3594
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string68
	.long	4007
	.byte	4
	.byte	0
	.byte	3
	.byte	39
	.long	.Linfo_string71
	.long	.Linfo_string65
	.byte	4
	.short	414
	.long	3946

	.byte	26
	.long	3594
	.long	.Linfo_string67
	.byte	40
	.long	3594
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string69
	.byte	4
	.byte	1
	.byte	4
	.byte	26
	.long	3594
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string68
	.long	3594
	.byte	4
	.byte	0
	.byte	3
	.byte	0
	.byte	0
	.byte	2
	.long	.Linfo_string78
	.byte	6
	.long	.Linfo_string81
	.byte	4
	.byte	1
	.byte	4
	.byte	20
	.long	4056
	.byte	21
	.long	3405
	.byte	4
	.byte	0

	.byte	22
	.byte	0
	.byte	12
	.long	.Linfo_string79
	.long	4091
	.byte	4
	.byte	0
	.byte	0
	.byte	24
	.byte	12
	.long	.Linfo_string80
	.long	4109
	.byte	4
	.byte	0
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string79
	.byte	4
	.byte	1
	.byte	4
	.byte	26
	.long	3707
	.long	.Linfo_string67
	.byte	0
	.byte	6
	.long	.Linfo_string80
	.byte	4
	.byte	1
	.byte	4
	.byte	26
	.long	3707
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string29
	.long	3707
	.byte	4
	.byte	0
	.byte	1
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string96
	.byte	4
	.byte	1
	.byte	2
	.byte	20
	.long	4153
	.byte	21
	.long	6019
	.byte	2
	.byte	0

	.byte	22
	.byte	0
	.byte	12
	.long	.Linfo_string79
	.long	4189
	.byte	2
	.byte	0
	.byte	0
	.byte	22
	.byte	1
	.byte	12
	.long	.Linfo_string80
	.long	4207
	.byte	2
	.byte	0
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string79
	.byte	4
	.byte	1
	.byte	2
	.byte	26
	.long	6019
	.long	.Linfo_string67
	.byte	0
	.byte	6
	.long	.Linfo_string80
	.byte	4
	.byte	1
	.byte	2
	.byte	26
	.long	6019
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string29
	.long	6019
	.byte	2
	.byte	2
	.byte	1
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string188
	.byte	8
	.byte	1
	.byte	4
	.byte	20
	.long	4251
	.byte	21
	.long	3405
	.byte	4
	.byte	4

	.byte	41
	.long	1114112
	.byte	12
	.long	.Linfo_string79
	.long	4289
	.byte	4
	.byte	0
	.byte	0
	.byte	24
	.byte	12
	.long	.Linfo_string80
	.long	4307
	.byte	4
	.byte	0
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string79
	.byte	8
	.byte	1
	.byte	4
	.byte	26
	.long	6301
	.long	.Linfo_string67
	.byte	0
	.byte	6
	.long	.Linfo_string80
	.byte	8
	.byte	1
	.byte	4
	.byte	26
	.long	6301
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string29
	.long	6301
	.byte	4
	.byte	0
	.byte	1
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string225
	.byte	2
	.byte	1
	.byte	1
	.byte	20
	.long	4351
	.byte	21
	.long	3464
	.byte	1
	.byte	0

	.byte	22
	.byte	0
	.byte	12
	.long	.Linfo_string79
	.long	4387
	.byte	1
	.byte	0
	.byte	0
	.byte	22
	.byte	1
	.byte	12
	.long	.Linfo_string80
	.long	4405
	.byte	1
	.byte	0
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string79
	.byte	2
	.byte	1
	.byte	1
	.byte	26
	.long	3464
	.long	.Linfo_string67
	.byte	0
	.byte	6
	.long	.Linfo_string80
	.byte	2
	.byte	1
	.byte	1
	.byte	26
	.long	3464
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string29
	.long	3464
	.byte	1
	.byte	1
	.byte	1
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string277
	.byte	8
	.byte	1
	.byte	4
	.byte	20
	.long	4449
	.byte	21
	.long	3405
	.byte	4
	.byte	0

	.byte	22
	.byte	0
	.byte	12
	.long	.Linfo_string79
	.long	4485
	.byte	4
	.byte	0
	.byte	0
	.byte	22
	.byte	1
	.byte	12
	.long	.Linfo_string80
	.long	4503
	.byte	4
	.byte	0
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string79
	.byte	8
	.byte	1
	.byte	4
	.byte	26
	.long	3594
	.long	.Linfo_string67
	.byte	0
	.byte	6
	.long	.Linfo_string80
	.byte	8
	.byte	1
	.byte	4
	.byte	26
	.long	3594
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string29
	.long	3594
	.byte	4
	.byte	4
	.byte	1
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string280
	.byte	8
	.byte	1
	.byte	8
	.byte	20
	.long	4547
	.byte	21
	.long	6065
	.byte	8
	.byte	0

	.byte	22
	.byte	0
	.byte	12
	.long	.Linfo_string79
	.long	4582
	.byte	8
	.byte	0
	.byte	0
	.byte	24
	.byte	12
	.long	.Linfo_string80
	.long	4600
	.byte	8
	.byte	0
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string79
	.byte	8
	.byte	1
	.byte	8
	.byte	26
	.long	6536
	.long	.Linfo_string67
	.byte	0
	.byte	6
	.long	.Linfo_string80
	.byte	8
	.byte	1
	.byte	8
	.byte	26
	.long	6536
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string29
	.long	6536
	.byte	8
	.byte	0
	.byte	1
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string283
	.byte	16
	.byte	1
	.byte	8
	.byte	20
	.long	4644
	.byte	21
	.long	6065
	.byte	8
	.byte	0

	.byte	22
	.byte	0
	.byte	12
	.long	.Linfo_string79
	.long	4679
	.byte	8
	.byte	0
	.byte	0
	.byte	24
	.byte	12
	.long	.Linfo_string80
	.long	4697
	.byte	8
	.byte	0
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string79
	.byte	16
	.byte	1
	.byte	8
	.byte	26
	.long	3425
	.long	.Linfo_string67
	.byte	0
	.byte	6
	.long	.Linfo_string80
	.byte	16
	.byte	1
	.byte	8
	.byte	26
	.long	3425
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string29
	.long	3425
	.byte	8
	.byte	0
	.byte	1
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string285
	.byte	4
	.byte	1
	.byte	4
	.byte	20
	.long	4741
	.byte	21
	.long	3405
	.byte	4
	.byte	0

	.byte	41
	.long	1114112
	.byte	12
	.long	.Linfo_string79
	.long	4779
	.byte	4
	.byte	0
	.byte	0
	.byte	24
	.byte	12
	.long	.Linfo_string80
	.long	4797
	.byte	4
	.byte	0
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string79
	.byte	4
	.byte	1
	.byte	4
	.byte	26
	.long	6294
	.long	.Linfo_string67
	.byte	0
	.byte	6
	.long	.Linfo_string80
	.byte	4
	.byte	1
	.byte	4
	.byte	26
	.long	6294
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string29
	.long	6294
	.byte	4
	.byte	0
	.byte	1
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string287
	.byte	1
	.byte	1
	.byte	1
	.byte	20
	.long	4841
	.byte	21
	.long	3464
	.byte	1
	.byte	0

	.byte	22
	.byte	2
	.byte	12
	.long	.Linfo_string79
	.long	4876
	.byte	1
	.byte	0
	.byte	0
	.byte	24
	.byte	12
	.long	.Linfo_string80
	.long	4894
	.byte	1
	.byte	0
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string79
	.byte	1
	.byte	1
	.byte	1
	.byte	26
	.long	5865
	.long	.Linfo_string67
	.byte	0
	.byte	6
	.long	.Linfo_string80
	.byte	1
	.byte	1
	.byte	1
	.byte	26
	.long	5865
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string29
	.long	5865
	.byte	1
	.byte	0
	.byte	1
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string289
	.byte	2
	.byte	1
	.byte	1
	.byte	20
	.long	4938
	.byte	21
	.long	3464
	.byte	1
	.byte	0

	.byte	22
	.byte	2
	.byte	12
	.long	.Linfo_string79
	.long	4973
	.byte	1
	.byte	0
	.byte	0
	.byte	24
	.byte	12
	.long	.Linfo_string80
	.long	4991
	.byte	1
	.byte	0
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string79
	.byte	2
	.byte	1
	.byte	1
	.byte	26
	.long	4338
	.long	.Linfo_string67
	.byte	0
	.byte	6
	.long	.Linfo_string80
	.byte	2
	.byte	1
	.byte	1
	.byte	26
	.long	4338
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string29
	.long	4338
	.byte	1
	.byte	0
	.byte	1
	.byte	0
	.byte	0
	.byte	0
	.byte	2
	.long	.Linfo_string101
	.byte	2
	.long	.Linfo_string102
	.byte	6
	.long	.Linfo_string160
	.byte	24
	.byte	1
	.byte	8
	.byte	7
	.long	.Linfo_string103
	.long	6039
	.byte	8
	.byte	0
	.byte	3
	.byte	7
	.long	.Linfo_string148
	.long	6212
	.byte	8
	.byte	8
	.byte	3
	.byte	7
	.long	.Linfo_string158
	.long	5865
	.byte	1
	.byte	16
	.byte	3
	.byte	7
	.long	.Linfo_string159
	.long	5865
	.byte	1
	.byte	17
	.byte	3
	.byte	0
	.byte	0
	.byte	2
	.long	.Linfo_string148
	.byte	6
	.long	.Linfo_string156
	.byte	24
	.byte	1
	.byte	8
	.byte	7
	.long	.Linfo_string149
	.long	5522
	.byte	8
	.byte	0
	.byte	3
	.byte	7
	.long	.Linfo_string152
	.long	3405
	.byte	4
	.byte	16
	.byte	3
	.byte	7
	.long	.Linfo_string153
	.long	3405
	.byte	4
	.byte	20
	.byte	3
	.byte	7
	.long	.Linfo_string154
	.long	5838
	.byte	1
	.byte	24
	.byte	3
	.byte	0
	.byte	0
	.byte	0
	.byte	2
	.long	.Linfo_string104
	.byte	6
	.long	.Linfo_string146
	.byte	16
	.byte	1
	.byte	8
	.byte	7
	.long	.Linfo_string105
	.long	5432
	.byte	8
	.byte	0
	.byte	3
	.byte	7
	.long	.Linfo_string111
	.long	5462
	.byte	8
	.byte	8
	.byte	3
	.byte	0
	.byte	2
	.long	.Linfo_string112
	.byte	6
	.long	.Linfo_string143
	.byte	16
	.byte	1
	.byte	8
	.byte	7
	.long	.Linfo_string113
	.long	5219
	.byte	8
	.byte	0
	.byte	3
	.byte	0
	.byte	6
	.long	.Linfo_string142
	.byte	16
	.byte	3
	.byte	8
	.byte	20
	.long	5232
	.byte	21
	.long	6065
	.byte	8
	.byte	0

	.byte	24
	.byte	12
	.long	.Linfo_string115
	.long	5267
	.byte	8
	.byte	0
	.byte	0
	.byte	22
	.byte	0
	.byte	12
	.long	.Linfo_string141
	.long	5312
	.byte	8
	.byte	0
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string115
	.byte	16
	.byte	3
	.byte	8
	.byte	7
	.long	.Linfo_string68
	.long	5492
	.byte	8
	.byte	0
	.byte	3
	.byte	7
	.long	.Linfo_string117
	.long	6072
	.byte	8
	.byte	8
	.byte	3
	.byte	7
	.long	.Linfo_string137
	.long	5820
	.byte	1
	.byte	16
	.byte	3
	.byte	0
	.byte	6
	.long	.Linfo_string141
	.byte	16
	.byte	3
	.byte	8
	.byte	7
	.long	.Linfo_string29
	.long	6019
	.byte	2
	.byte	8
	.byte	3
	.byte	0
	.byte	0
	.byte	0
	.byte	23
	.long	.Linfo_string120
	.byte	0
	.byte	1
	.byte	1
	.byte	6
	.long	.Linfo_string134
	.byte	24
	.byte	1
	.byte	8
	.byte	7
	.long	.Linfo_string124
	.long	5376
	.byte	4
	.byte	16
	.byte	3
	.byte	7
	.long	.Linfo_string129
	.long	6114
	.byte	8
	.byte	0
	.byte	3
	.byte	0
	.byte	6
	.long	.Linfo_string128
	.byte	8
	.byte	1
	.byte	4
	.byte	7
	.long	.Linfo_string125
	.long	3405
	.byte	4
	.byte	0
	.byte	3
	.byte	7
	.long	.Linfo_string126
	.long	6019
	.byte	2
	.byte	4
	.byte	3
	.byte	7
	.long	.Linfo_string127
	.long	6019
	.byte	2
	.byte	6
	.byte	3
	.byte	0
	.byte	0
	.byte	2
	.long	.Linfo_string106
	.byte	2
	.long	.Linfo_string107
	.byte	6
	.long	.Linfo_string110
	.byte	8
	.byte	1
	.byte	8
	.byte	26
	.long	3464
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string108
	.long	6052
	.byte	8
	.byte	0
	.byte	3
	.byte	0
	.byte	6
	.long	.Linfo_string145
	.byte	8
	.byte	1
	.byte	8
	.byte	26
	.long	5198
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string108
	.long	6199
	.byte	8
	.byte	0
	.byte	3
	.byte	0
	.byte	6
	.long	.Linfo_string116
	.byte	8
	.byte	1
	.byte	8
	.byte	26
	.long	3587
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string108
	.long	3574
	.byte	8
	.byte	0
	.byte	3
	.byte	0
	.byte	6
	.long	.Linfo_string151
	.byte	16
	.byte	1
	.byte	8
	.byte	26
	.long	3464
	.long	.Linfo_string67
	.byte	7
	.long	.Linfo_string108
	.long	6225
	.byte	8
	.byte	0
	.byte	3
	.byte	0
	.byte	0
	.byte	0
	.byte	2
	.long	.Linfo_string118
	.byte	6
	.long	.Linfo_string123
	.byte	1
	.byte	1
	.byte	1
	.byte	20
	.long	5572
	.byte	21
	.long	3464
	.byte	1
	.byte	0

	.byte	22
	.byte	0
	.byte	12
	.long	.Linfo_string119
	.long	5608
	.byte	1
	.byte	0
	.byte	0
	.byte	22
	.byte	1
	.byte	12
	.long	.Linfo_string122
	.long	5647
	.byte	1
	.byte	0
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string119
	.byte	1
	.byte	1
	.byte	1
	.byte	26
	.long	3587
	.long	.Linfo_string67
	.byte	26
	.long	5335
	.long	.Linfo_string121
	.byte	7
	.long	.Linfo_string29
	.long	3587
	.byte	1
	.byte	1
	.byte	1
	.byte	0
	.byte	6
	.long	.Linfo_string122
	.byte	1
	.byte	1
	.byte	1
	.byte	26
	.long	3587
	.long	.Linfo_string67
	.byte	26
	.long	5335
	.long	.Linfo_string121
	.byte	7
	.long	.Linfo_string29
	.long	5335
	.byte	1
	.byte	1
	.byte	1
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string207
	.byte	16
	.byte	1
	.byte	8
	.byte	20
	.long	5700
	.byte	21
	.long	6065
	.byte	8
	.byte	0

	.byte	22
	.byte	0
	.byte	12
	.long	.Linfo_string119
	.long	5735
	.byte	8
	.byte	0
	.byte	0
	.byte	24
	.byte	12
	.long	.Linfo_string122
	.long	5774
	.byte	8
	.byte	0
	.byte	0
	.byte	0
	.byte	6
	.long	.Linfo_string119
	.byte	16
	.byte	1
	.byte	8
	.byte	26
	.long	3594
	.long	.Linfo_string67
	.byte	26
	.long	3425
	.long	.Linfo_string121
	.byte	7
	.long	.Linfo_string29
	.long	3594
	.byte	4
	.byte	8
	.byte	1
	.byte	0
	.byte	6
	.long	.Linfo_string122
	.byte	16
	.byte	1
	.byte	8
	.byte	26
	.long	3594
	.long	.Linfo_string67
	.byte	26
	.long	3425
	.long	.Linfo_string121
	.byte	7
	.long	.Linfo_string29
	.long	3425
	.byte	8
	.byte	0
	.byte	1
	.byte	0
	.byte	0
	.byte	0
	.byte	2
	.long	.Linfo_string138
	.byte	6
	.long	.Linfo_string140
	.byte	0
	.byte	1
	.byte	1
	.byte	26
	.long	6186
	.long	.Linfo_string67
	.byte	0
	.byte	6
	.long	.Linfo_string155
	.byte	0
	.byte	1
	.byte	1
	.byte	26
	.long	3425
	.long	.Linfo_string67
	.byte	0
	.byte	0
	.byte	0
	.byte	28
	.long	.Linfo_string44
	.byte	5
	.byte	1
	.byte	28
	.long	.Linfo_string62
	.byte	2
	.byte	1
	.byte	42
	.quad	.Lfunc_begin4
	.long	.Lfunc_end4-.Lfunc_begin4
	.byte	1
	.byte	87
	.long	3860
	.byte	43
	.byte	2
	.byte	145
	.byte	120
	.long	.Linfo_string59
	.byte	3
	.short	390
	.long	3594
	.byte	43
	.byte	2
	.byte	145
	.byte	124
	.long	.Linfo_string60
	.byte	3
	.short	390
	.long	3594
	.byte	26
	.long	3594
	.long	.Linfo_string58
	.byte	0
	.byte	42
	.quad	.Lfunc_begin5
	.long	.Lfunc_end5-.Lfunc_begin5
	.byte	1
	.byte	87
	.long	3975
	.byte	43
	.byte	2
	.byte	145
	.byte	124
	.long	.Linfo_string68
	.byte	4
	.short	414
	.long	3594
	.byte	26
	.long	3594
	.long	.Linfo_string67
	.byte	0
	.byte	42
	.quad	.Lfunc_begin6
	.long	.Lfunc_end6-.Lfunc_begin6
	.byte	1
	.byte	87
	.long	3736
	.byte	43
	.byte	2
	.byte	145
	.byte	124
	.long	.Linfo_string180
	.byte	5
	.short	401
	.long	3405
	.byte	26
	.long	3405
	.long	.Linfo_string67
	.byte	0
	.byte	28
	.long	.Linfo_string95
	.byte	7
	.byte	2
	.byte	35
	.long	5033
	.long	.Linfo_string161
	.long	0
	.byte	35
	.long	5160
	.long	.Linfo_string147
	.long	0
	.byte	35
	.long	3464
	.long	.Linfo_string109
	.long	0
	.byte	28
	.long	.Linfo_string114
	.byte	7
	.byte	8
	.byte	35
	.long	6085
	.long	.Linfo_string136
	.long	0
	.byte	44
	.long	5559
	.byte	40
	.long	5492
	.byte	40
	.long	6101
	.byte	0
	.byte	35
	.long	5343
	.long	.Linfo_string135
	.long	0
	.byte	11
	.long	.Linfo_string133
	.byte	16
	.byte	8
	.byte	12
	.long	.Linfo_string108
	.long	6144
	.byte	8
	.byte	0
	.byte	12
	.long	.Linfo_string131
	.long	6160
	.byte	8
	.byte	8
	.byte	0
	.byte	31
	.long	6153
	.long	0
	.byte	45
	.long	.Linfo_string130
	.byte	0
	.byte	1
	.byte	35
	.long	6173
	.long	.Linfo_string132
	.long	0
	.byte	29
	.long	3471
	.byte	30
	.long	3478
	.byte	0
	.byte	6
	.byte	0
	.byte	35
	.long	3587
	.long	.Linfo_string139
	.long	0
	.byte	35
	.long	5198
	.long	.Linfo_string144
	.long	0
	.byte	35
	.long	5096
	.long	.Linfo_string157
	.long	0
	.byte	11
	.long	.Linfo_string150
	.byte	16
	.byte	8
	.byte	12
	.long	.Linfo_string8
	.long	3455
	.byte	8
	.byte	0
	.byte	12
	.long	.Linfo_string10
	.long	3471
	.byte	8
	.byte	8
	.byte	0
	.byte	35
	.long	2863
	.long	.Linfo_string169
	.long	0
	.byte	35
	.long	2941
	.long	.Linfo_string177
	.long	0
	.byte	35
	.long	234
	.long	.Linfo_string181
	.long	0
	.byte	28
	.long	.Linfo_string183
	.byte	16
	.byte	4
	.byte	11
	.long	.Linfo_string187
	.byte	8
	.byte	4
	.byte	12
	.long	.Linfo_string29
	.long	6019
	.byte	2
	.byte	0
	.byte	12
	.long	.Linfo_string31
	.long	6294
	.byte	4
	.byte	4
	.byte	0
	.byte	29
	.long	5865
	.byte	30
	.long	3478
	.byte	0
	.byte	2
	.byte	0
	.byte	11
	.long	.Linfo_string193
	.byte	16
	.byte	8
	.byte	12
	.long	.Linfo_string29
	.long	3594
	.byte	4
	.byte	4
	.byte	12
	.long	.Linfo_string31
	.long	6294
	.byte	4
	.byte	0
	.byte	12
	.long	.Linfo_string192
	.long	3601
	.byte	8
	.byte	8
	.byte	0
	.byte	11
	.long	.Linfo_string196
	.byte	16
	.byte	4
	.byte	12
	.long	.Linfo_string29
	.long	6415
	.byte	4
	.byte	0
	.byte	12
	.long	.Linfo_string31
	.long	6415
	.byte	4
	.byte	8
	.byte	0
	.byte	11
	.long	.Linfo_string195
	.byte	8
	.byte	4
	.byte	12
	.long	.Linfo_string29
	.long	3594
	.byte	4
	.byte	0
	.byte	12
	.long	.Linfo_string31
	.long	3594
	.byte	4
	.byte	4
	.byte	0
	.byte	29
	.long	3594
	.byte	30
	.long	3478
	.byte	0
	.byte	3
	.byte	0
	.byte	29
	.long	6019
	.byte	30
	.long	3478
	.byte	0
	.byte	20
	.byte	0
	.byte	29
	.long	6484
	.byte	30
	.long	3478
	.byte	0
	.byte	2
	.byte	0
	.byte	29
	.long	3464
	.byte	30
	.long	3478
	.byte	0
	.byte	2
	.byte	0
	.byte	29
	.long	3464
	.byte	30
	.long	3478
	.byte	0
	.byte	5
	.byte	0
	.byte	29
	.long	6294
	.byte	30
	.long	3478
	.byte	0
	.byte	2
	.byte	0
	.byte	29
	.long	2908
	.byte	30
	.long	3478
	.byte	0
	.byte	2
	.byte	0
	.byte	35
	.long	2908
	.long	.Linfo_string204
	.long	0
	.byte	28
	.long	.Linfo_string222
	.byte	4
	.byte	4
	.byte	35
	.long	3594
	.long	.Linfo_string234
	.long	0
	.byte	29
	.long	2941
	.byte	30
	.long	3478
	.byte	0
	.byte	2
	.byte	0
	.byte	29
	.long	4338
	.byte	30
	.long	3478
	.byte	0
	.byte	3
	.byte	0
	.byte	28
	.long	.Linfo_string248
	.byte	5
	.byte	16
	.byte	29
	.long	6019
	.byte	30
	.long	3478
	.byte	0
	.byte	0
	.byte	0
	.byte	11
	.long	.Linfo_string259
	.byte	1
	.byte	1
	.byte	12
	.long	.Linfo_string29
	.long	3464
	.byte	1
	.byte	0
	.byte	0
	.byte	11
	.long	.Linfo_string261
	.byte	16
	.byte	8
	.byte	12
	.long	.Linfo_string8
	.long	6664
	.byte	8
	.byte	0
	.byte	12
	.long	.Linfo_string10
	.long	3471
	.byte	8
	.byte	8
	.byte	0
	.byte	31
	.long	3594
	.long	0
	.byte	11
	.long	.Linfo_string263
	.byte	16
	.byte	8
	.byte	12
	.long	.Linfo_string8
	.long	3455
	.byte	8
	.byte	0
	.byte	12
	.long	.Linfo_string10
	.long	3471
	.byte	8
	.byte	8
	.byte	0
	.byte	11
	.long	.Linfo_string265
	.byte	16
	.byte	8
	.byte	12
	.long	.Linfo_string8
	.long	6733
	.byte	8
	.byte	0
	.byte	12
	.long	.Linfo_string10
	.long	3471
	.byte	8
	.byte	8
	.byte	0
	.byte	31
	.long	2908
	.long	0
	.byte	35
	.long	6536
	.long	.Linfo_string268
	.long	0
	.byte	35
	.long	3594
	.long	.Linfo_string270
	.long	0
	.byte	35
	.long	3594
	.long	.Linfo_string272
	.long	0
	.byte	35
	.long	3594
	.long	.Linfo_string274
	.long	0
	.byte	35
	.long	6294
	.long	.Linfo_string300
	.long	0
	.byte	35
	.long	6820
	.long	.Linfo_string302
	.long	0
	.byte	44
	.long	3594
	.byte	40
	.long	3594
	.byte	40
	.long	3594
	.byte	0
	.byte	11
	.long	.Linfo_string306
	.byte	16
	.byte	8
	.byte	12
	.long	.Linfo_string108
	.long	6866
	.byte	8
	.byte	0
	.byte	12
	.long	.Linfo_string131
	.long	6882
	.byte	8
	.byte	8
	.byte	0
	.byte	31
	.long	6875
	.long	0
	.byte	45
	.long	.Linfo_string304
	.byte	0
	.byte	1
	.byte	35
	.long	6895
	.long	.Linfo_string305
	.long	0
	.byte	29
	.long	3471
	.byte	30
	.long	3478
	.byte	0
	.byte	4
	.byte	0
	.byte	0
.Ldebug_info_end0:
	.section	.rodata._RNvCsl5dGgP7bIRI_11rust_values5COUNT,"a",@progbits
.Lsec_end0:
	.section	.data.rel.ro._RNvCsl5dGgP7bIRI_11rust_values5NAMES,"aw",@progbits
.Lsec_end1:
	.section	.data._RNvCsl5dGgP7bIRI_11rust_values8CHANGING,"aw",@progbits
.Lsec_end2:
	.section	.rodata._RNvNtCsl5dGgP7bIRI_11rust_values5inner6HIDDEN,"a",@progbits
.Lsec_end3:
	.section	.data.rel.ro..Lanon.8366d76b748643162735560495fce882.11,"aw",@progbits
.Lsec_end4:
	.section	.text._RNCNvCsl5dGgP7bIRI_11rust_values4main0B3_,"ax",@progbits
.Lsec_end5:
	.section	.text._RNvCsfLfy6EI15iL_7___rustc17rust_begin_unwind,"ax",@progbits
.Lsec_end6:
	.section	.text._RNvCsl5dGgP7bIRI_11rust_values3add,"ax",@progbits
.Lsec_end7:
	.section	.text._RNvCsl5dGgP7bIRI_11rust_values4stop,"ax",@progbits
.Lsec_end8:
	.section	.text._RNvMs5_NtNtCsgEmfK2I1SDS_4core3ops5rangeINtB5_14RangeInclusivelE3newCsl5dGgP7bIRI_11rust_values,"ax",@progbits
.Lsec_end9:
	.section	.text._RNvMs7_NtCsgEmfK2I1SDS_4core4cellINtB5_4CelllE3newCsl5dGgP7bIRI_11rust_values,"ax",@progbits
.Lsec_end10:
	.section	.text._RNvMse_NtNtCsgEmfK2I1SDS_4core3num7nonzeroINtB5_7NonZeromE3newCsl5dGgP7bIRI_11rust_values,"ax",@progbits
.Lsec_end11:
	.section	.text._RNvNtCsl5dGgP7bIRI_11rust_values5inner4make,"ax",@progbits
.Lsec_end12:
	.section	.text._RNvXCsl5dGgP7bIRI_11rust_valuesNtB2_4PairNtB2_4Area4area,"ax",@progbits
.Lsec_end13:
	.section	.text.main,"ax",@progbits
.Lsec_end14:
	.section	.debug_aranges,"",@progbits
	.long	268
	.short	2
	.long	.Lcu_begin0
	.byte	8
	.byte	0
	.zero	4,255
	.quad	_RNvCsl5dGgP7bIRI_11rust_values5COUNT
	.quad	.Lsec_end0-_RNvCsl5dGgP7bIRI_11rust_values5COUNT
	.quad	_RNvCsl5dGgP7bIRI_11rust_values5NAMES
	.quad	.Lsec_end1-_RNvCsl5dGgP7bIRI_11rust_values5NAMES
	.quad	_RNvCsl5dGgP7bIRI_11rust_values8CHANGING
	.quad	.Lsec_end2-_RNvCsl5dGgP7bIRI_11rust_values8CHANGING
	.quad	_RNvNtCsl5dGgP7bIRI_11rust_values5inner6HIDDEN
	.quad	.Lsec_end3-_RNvNtCsl5dGgP7bIRI_11rust_values5inner6HIDDEN
	.quad	.Lanon.8366d76b748643162735560495fce882.11
	.quad	.Lsec_end4-.Lanon.8366d76b748643162735560495fce882.11
	.quad	.Lfunc_begin0
	.quad	.Lsec_end5-.Lfunc_begin0
	.quad	.Lfunc_begin1
	.quad	.Lsec_end6-.Lfunc_begin1
	.quad	.Lfunc_begin2
	.quad	.Lsec_end7-.Lfunc_begin2
	.quad	.Lfunc_begin3
	.quad	.Lsec_end8-.Lfunc_begin3
	.quad	.Lfunc_begin4
	.quad	.Lsec_end9-.Lfunc_begin4
	.quad	.Lfunc_begin5
	.quad	.Lsec_end10-.Lfunc_begin5
	.quad	.Lfunc_begin6
	.quad	.Lsec_end11-.Lfunc_begin6
	.quad	.Lfunc_begin7
	.quad	.Lsec_end12-.Lfunc_begin7
	.quad	.Lfunc_begin8
	.quad	.Lsec_end13-.Lfunc_begin8
	.quad	.Lfunc_begin9
	.quad	.Lsec_end14-.Lfunc_begin9
	.quad	0
	.quad	0
	.section	.debug_ranges,"",@progbits
.Ldebug_ranges0:
	.quad	.Ltmp27
	.quad	.Ltmp42
	.quad	.Ltmp43
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges1:
	.quad	.Ltmp28
	.quad	.Ltmp42
	.quad	.Ltmp43
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges2:
	.quad	.Ltmp29
	.quad	.Ltmp42
	.quad	.Ltmp43
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges3:
	.quad	.Ltmp30
	.quad	.Ltmp42
	.quad	.Ltmp43
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges4:
	.quad	.Ltmp31
	.quad	.Ltmp42
	.quad	.Ltmp43
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges5:
	.quad	.Ltmp32
	.quad	.Ltmp42
	.quad	.Ltmp43
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges6:
	.quad	.Ltmp33
	.quad	.Ltmp42
	.quad	.Ltmp44
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges7:
	.quad	.Ltmp34
	.quad	.Ltmp42
	.quad	.Ltmp44
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges8:
	.quad	.Ltmp35
	.quad	.Ltmp42
	.quad	.Ltmp44
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges9:
	.quad	.Ltmp36
	.quad	.Ltmp42
	.quad	.Ltmp44
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges10:
	.quad	.Ltmp37
	.quad	.Ltmp42
	.quad	.Ltmp44
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges11:
	.quad	.Ltmp38
	.quad	.Ltmp42
	.quad	.Ltmp44
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges12:
	.quad	.Ltmp38
	.quad	.Ltmp42
	.quad	.Ltmp45
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges13:
	.quad	.Ltmp38
	.quad	.Ltmp42
	.quad	.Ltmp46
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges14:
	.quad	.Ltmp38
	.quad	.Ltmp42
	.quad	.Ltmp47
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges15:
	.quad	.Ltmp38
	.quad	.Ltmp42
	.quad	.Ltmp48
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges16:
	.quad	.Ltmp38
	.quad	.Ltmp42
	.quad	.Ltmp49
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges17:
	.quad	.Ltmp38
	.quad	.Ltmp42
	.quad	.Ltmp50
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges18:
	.quad	.Ltmp38
	.quad	.Ltmp42
	.quad	.Ltmp51
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges19:
	.quad	.Ltmp38
	.quad	.Ltmp42
	.quad	.Ltmp52
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges20:
	.quad	.Ltmp38
	.quad	.Ltmp42
	.quad	.Ltmp53
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges21:
	.quad	.Ltmp38
	.quad	.Ltmp42
	.quad	.Ltmp54
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges22:
	.quad	.Ltmp38
	.quad	.Ltmp42
	.quad	.Ltmp55
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges23:
	.quad	.Ltmp38
	.quad	.Ltmp42
	.quad	.Ltmp56
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges24:
	.quad	.Ltmp38
	.quad	.Ltmp42
	.quad	.Ltmp57
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges25:
	.quad	.Ltmp38
	.quad	.Ltmp42
	.quad	.Ltmp58
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges26:
	.quad	.Ltmp38
	.quad	.Ltmp42
	.quad	.Ltmp59
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges27:
	.quad	.Ltmp39
	.quad	.Ltmp42
	.quad	.Ltmp59
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges28:
	.quad	.Ltmp40
	.quad	.Ltmp42
	.quad	.Ltmp59
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges29:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp60
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges30:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp61
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges31:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp62
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges32:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp63
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges33:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp64
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges34:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp65
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges35:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp66
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges36:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp67
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges37:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp68
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges38:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp69
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges39:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp70
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges40:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp71
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges41:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp72
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges42:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp73
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges43:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp74
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges44:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp75
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges45:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp76
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges46:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp77
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges47:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp78
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges48:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp79
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges49:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp80
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges50:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp81
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges51:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp82
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges52:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp83
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges53:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp84
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges54:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp85
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges55:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp86
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges56:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp87
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges57:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp88
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges58:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp89
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges59:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp90
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges60:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp91
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges61:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp92
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges62:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp93
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges63:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp94
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges64:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp95
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges65:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp96
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges66:
	.quad	.Ltmp41
	.quad	.Ltmp42
	.quad	.Ltmp97
	.quad	.Ltmp111
	.quad	0
	.quad	0
.Ldebug_ranges67:
	.quad	.Lfunc_begin0
	.quad	.Lfunc_end0
	.quad	.Lfunc_begin1
	.quad	.Lfunc_end1
	.quad	.Lfunc_begin2
	.quad	.Lfunc_end2
	.quad	.Lfunc_begin3
	.quad	.Lfunc_end3
	.quad	.Lfunc_begin4
	.quad	.Lfunc_end4
	.quad	.Lfunc_begin5
	.quad	.Lfunc_end5
	.quad	.Lfunc_begin6
	.quad	.Lfunc_end6
	.quad	.Lfunc_begin7
	.quad	.Lfunc_end7
	.quad	.Lfunc_begin8
	.quad	.Lfunc_end8
	.quad	.Lfunc_begin9
	.quad	.Lfunc_end9
	.quad	0
	.quad	0
	.section	.debug_str,"MS",@progbits,1
.Linfo_string0:
	.asciz	"clang LLVM (rustc version 1.95.0 (59807616e 2026-04-14))"
.Linfo_string1:
	.asciz	"tests/objects/rust-values.rs/@/rust_values.f594ad515b8ac66c-cgu.0"
.Linfo_string2:
	.asciz	"/scdb"
.Linfo_string3:
	.asciz	"rust_values"
.Linfo_string4:
	.asciz	"COUNT"
.Linfo_string5:
	.asciz	"u32"
.Linfo_string6:
	.asciz	"_RNvCsl5dGgP7bIRI_11rust_values5COUNT"
.Linfo_string7:
	.asciz	"NAMES"
.Linfo_string8:
	.asciz	"data_ptr"
.Linfo_string9:
	.asciz	"u8"
.Linfo_string10:
	.asciz	"length"
.Linfo_string11:
	.asciz	"usize"
.Linfo_string12:
	.asciz	"&str"
.Linfo_string13:
	.asciz	"__ARRAY_SIZE_TYPE__"
.Linfo_string14:
	.asciz	"_RNvCsl5dGgP7bIRI_11rust_values5NAMES"
.Linfo_string15:
	.asciz	"CHANGING"
.Linfo_string16:
	.asciz	"i64"
.Linfo_string17:
	.asciz	"_RNvCsl5dGgP7bIRI_11rust_values8CHANGING"
.Linfo_string18:
	.asciz	"inner"
.Linfo_string19:
	.asciz	"HIDDEN"
.Linfo_string20:
	.asciz	"i16"
.Linfo_string21:
	.asciz	"_RNvNtCsl5dGgP7bIRI_11rust_values5inner6HIDDEN"
.Linfo_string22:
	.asciz	"<rust_values::Pair as rust_values::Area>::{vtable}"
.Linfo_string23:
	.asciz	"drop_in_place"
.Linfo_string24:
	.asciz	"()"
.Linfo_string25:
	.asciz	"*const ()"
.Linfo_string26:
	.asciz	"size"
.Linfo_string27:
	.asciz	"align"
.Linfo_string28:
	.asciz	"__method3"
.Linfo_string29:
	.asciz	"__0"
.Linfo_string30:
	.asciz	"i32"
.Linfo_string31:
	.asciz	"__1"
.Linfo_string32:
	.asciz	"f64"
.Linfo_string33:
	.asciz	"Pair"
.Linfo_string34:
	.asciz	"<rust_values::Pair as rust_values::Area>::{vtable_type}"
.Linfo_string35:
	.asciz	"Red"
.Linfo_string36:
	.asciz	"Green"
.Linfo_string37:
	.asciz	"Blue"
.Linfo_string38:
	.asciz	"Color"
.Linfo_string39:
	.asciz	"One"
.Linfo_string40:
	.asciz	"Two"
.Linfo_string41:
	.asciz	"Small"
.Linfo_string42:
	.asciz	"core"
.Linfo_string43:
	.asciz	"cmp"
.Linfo_string44:
	.asciz	"i8"
.Linfo_string45:
	.asciz	"Less"
.Linfo_string46:
	.asciz	"Equal"
.Linfo_string47:
	.asciz	"Greater"
.Linfo_string48:
	.asciz	"Ordering"
.Linfo_string49:
	.asciz	"main"
.Linfo_string50:
	.asciz	"num"
.Linfo_string51:
	.asciz	"{impl#2}"
.Linfo_string52:
	.asciz	"_RNvMs0_NtCsgEmfK2I1SDS_4core3numl12wrapping_add"
.Linfo_string53:
	.asciz	"wrapping_add"
.Linfo_string54:
	.asciz	"self"
.Linfo_string55:
	.asciz	"rhs"
.Linfo_string56:
	.asciz	"ops"
.Linfo_string57:
	.asciz	"range"
.Linfo_string58:
	.asciz	"Idx"
.Linfo_string59:
	.asciz	"start"
.Linfo_string60:
	.asciz	"end"
.Linfo_string61:
	.asciz	"exhausted"
.Linfo_string62:
	.asciz	"bool"
.Linfo_string63:
	.asciz	"RangeInclusive<i32>"
.Linfo_string64:
	.asciz	"_RNvMs5_NtNtCsgEmfK2I1SDS_4core3ops5rangeINtB5_14RangeInclusivelE3newCsl5dGgP7bIRI_11rust_values"
.Linfo_string65:
	.asciz	"new<i32>"
.Linfo_string66:
	.asciz	"cell"
.Linfo_string67:
	.asciz	"T"
.Linfo_string68:
	.asciz	"value"
.Linfo_string69:
	.asciz	"UnsafeCell<i32>"
.Linfo_string70:
	.asciz	"Cell<i32>"
.Linfo_string71:
	.asciz	"_RNvMs7_NtCsgEmfK2I1SDS_4core4cellINtB5_4CelllE3newCsl5dGgP7bIRI_11rust_values"
.Linfo_string72:
	.asciz	"nonzero"
.Linfo_string73:
	.asciz	"niche_types"
.Linfo_string74:
	.asciz	"NonZeroU32Inner"
.Linfo_string75:
	.asciz	"NonZero<u32>"
.Linfo_string76:
	.asciz	"_RNvMse_NtNtCsgEmfK2I1SDS_4core3num7nonzeroINtB5_7NonZeromE3newCsl5dGgP7bIRI_11rust_values"
.Linfo_string77:
	.asciz	"new<u32>"
.Linfo_string78:
	.asciz	"option"
.Linfo_string79:
	.asciz	"None"
.Linfo_string80:
	.asciz	"Some"
.Linfo_string81:
	.asciz	"Option<core::num::nonzero::NonZero<u32>>"
.Linfo_string82:
	.asciz	"{impl#0}"
.Linfo_string83:
	.asciz	"_RNCNvCsl5dGgP7bIRI_11rust_values4main0B3_"
.Linfo_string84:
	.asciz	"{closure#0}"
.Linfo_string85:
	.asciz	"_RNvCsfLfy6EI15iL_7___rustc17rust_begin_unwind"
.Linfo_string86:
	.asciz	"on_panic"
.Linfo_string87:
	.asciz	"_RNvCsl5dGgP7bIRI_11rust_values3add"
.Linfo_string88:
	.asciz	"add"
.Linfo_string89:
	.asciz	"_RNvCsl5dGgP7bIRI_11rust_values4stop"
.Linfo_string90:
	.asciz	"stop"
.Linfo_string91:
	.asciz	"_RNvNtCsl5dGgP7bIRI_11rust_values5inner4make"
.Linfo_string92:
	.asciz	"make"
.Linfo_string93:
	.asciz	"a"
.Linfo_string94:
	.asciz	"b"
.Linfo_string95:
	.asciz	"u16"
.Linfo_string96:
	.asciz	"Option<u16>"
.Linfo_string97:
	.asciz	"Deep"
.Linfo_string98:
	.asciz	"_RNvXCsl5dGgP7bIRI_11rust_valuesNtB2_4PairNtB2_4Area4area"
.Linfo_string99:
	.asciz	"area"
.Linfo_string100:
	.asciz	"number"
.Linfo_string101:
	.asciz	"panic"
.Linfo_string102:
	.asciz	"panic_info"
.Linfo_string103:
	.asciz	"message"
.Linfo_string104:
	.asciz	"fmt"
.Linfo_string105:
	.asciz	"template"
.Linfo_string106:
	.asciz	"ptr"
.Linfo_string107:
	.asciz	"non_null"
.Linfo_string108:
	.asciz	"pointer"
.Linfo_string109:
	.asciz	"*const u8"
.Linfo_string110:
	.asciz	"NonNull<u8>"
.Linfo_string111:
	.asciz	"args"
.Linfo_string112:
	.asciz	"rt"
.Linfo_string113:
	.asciz	"ty"
.Linfo_string114:
	.asciz	"u64"
.Linfo_string115:
	.asciz	"Placeholder"
.Linfo_string116:
	.asciz	"NonNull<()>"
.Linfo_string117:
	.asciz	"formatter"
.Linfo_string118:
	.asciz	"result"
.Linfo_string119:
	.asciz	"Ok"
.Linfo_string120:
	.asciz	"Error"
.Linfo_string121:
	.asciz	"E"
.Linfo_string122:
	.asciz	"Err"
.Linfo_string123:
	.asciz	"Result<(), core::fmt::Error>"
.Linfo_string124:
	.asciz	"options"
.Linfo_string125:
	.asciz	"flags"
.Linfo_string126:
	.asciz	"width"
.Linfo_string127:
	.asciz	"precision"
.Linfo_string128:
	.asciz	"FormattingOptions"
.Linfo_string129:
	.asciz	"buf"
.Linfo_string130:
	.asciz	"dyn core::fmt::Write"
.Linfo_string131:
	.asciz	"vtable"
.Linfo_string132:
	.asciz	"&[usize; 6]"
.Linfo_string133:
	.asciz	"&mut dyn core::fmt::Write"
.Linfo_string134:
	.asciz	"Formatter"
.Linfo_string135:
	.asciz	"&mut core::fmt::Formatter"
.Linfo_string136:
	.asciz	"unsafe fn(core::ptr::non_null::NonNull<()>, &mut core::fmt::Formatter) -> core::result::Result<(), core::fmt::Error>"
.Linfo_string137:
	.asciz	"_lifetime"
.Linfo_string138:
	.asciz	"marker"
.Linfo_string139:
	.asciz	"&()"
.Linfo_string140:
	.asciz	"PhantomData<&()>"
.Linfo_string141:
	.asciz	"Count"
.Linfo_string142:
	.asciz	"ArgumentType"
.Linfo_string143:
	.asciz	"Argument"
.Linfo_string144:
	.asciz	"*const core::fmt::rt::Argument"
.Linfo_string145:
	.asciz	"NonNull<core::fmt::rt::Argument>"
.Linfo_string146:
	.asciz	"Arguments"
.Linfo_string147:
	.asciz	"&core::fmt::Arguments"
.Linfo_string148:
	.asciz	"location"
.Linfo_string149:
	.asciz	"filename"
.Linfo_string150:
	.asciz	"*const str"
.Linfo_string151:
	.asciz	"NonNull<str>"
.Linfo_string152:
	.asciz	"line"
.Linfo_string153:
	.asciz	"col"
.Linfo_string154:
	.asciz	"_filename"
.Linfo_string155:
	.asciz	"PhantomData<&str>"
.Linfo_string156:
	.asciz	"Location"
.Linfo_string157:
	.asciz	"&core::panic::location::Location"
.Linfo_string158:
	.asciz	"can_unwind"
.Linfo_string159:
	.asciz	"force_no_backtrace"
.Linfo_string160:
	.asciz	"PanicInfo"
.Linfo_string161:
	.asciz	"&core::panic::panic_info::PanicInfo"
.Linfo_string162:
	.asciz	"from"
.Linfo_string163:
	.asciz	"x"
.Linfo_string164:
	.asciz	"y"
.Linfo_string165:
	.asciz	"Point"
.Linfo_string166:
	.asciz	"to"
.Linfo_string167:
	.asciz	"name"
.Linfo_string168:
	.asciz	"Line"
.Linfo_string169:
	.asciz	"&rust_values::Line"
.Linfo_string170:
	.asciz	"shape"
.Linfo_string171:
	.asciz	"Nothing"
.Linfo_string172:
	.asciz	"Circle"
.Linfo_string173:
	.asciz	"Square"
.Linfo_string174:
	.asciz	"side"
.Linfo_string175:
	.asciz	"at"
.Linfo_string176:
	.asciz	"Shape"
.Linfo_string177:
	.asciz	"&rust_values::Shape"
.Linfo_string178:
	.asciz	"kind"
.Linfo_string179:
	.asciz	"first"
.Linfo_string180:
	.asciz	"n"
.Linfo_string181:
	.asciz	"&rust_values::Pair"
.Linfo_string182:
	.asciz	"letter"
.Linfo_string183:
	.asciz	"char"
.Linfo_string184:
	.asciz	"point"
.Linfo_string185:
	.asciz	"pair"
.Linfo_string186:
	.asciz	"triple"
.Linfo_string187:
	.asciz	"(u16, char)"
.Linfo_string188:
	.asciz	"Option<(u16, char)>"
.Linfo_string189:
	.asciz	"c"
.Linfo_string190:
	.asciz	"Triple"
.Linfo_string191:
	.asciz	"tuple"
.Linfo_string192:
	.asciz	"__2"
.Linfo_string193:
	.asciz	"(i32, char, f64)"
.Linfo_string194:
	.asciz	"nested_tuple"
.Linfo_string195:
	.asciz	"(i32, i32)"
.Linfo_string196:
	.asciz	"((i32, i32), (i32, i32))"
.Linfo_string197:
	.asciz	"array"
.Linfo_string198:
	.asciz	"zeros"
.Linfo_string199:
	.asciz	"grid"
.Linfo_string200:
	.asciz	"bytes"
.Linfo_string201:
	.asciz	"chars"
.Linfo_string202:
	.asciz	"points"
.Linfo_string203:
	.asciz	"reference"
.Linfo_string204:
	.asciz	"&rust_values::Point"
.Linfo_string205:
	.asciz	"changing"
.Linfo_string206:
	.asciz	"ok"
.Linfo_string207:
	.asciz	"Result<i32, &str>"
.Linfo_string208:
	.asciz	"err"
.Linfo_string209:
	.asciz	"nothing"
.Linfo_string210:
	.asciz	"circle"
.Linfo_string211:
	.asciz	"square"
.Linfo_string212:
	.asciz	"two"
.Linfo_string213:
	.asciz	"leaf"
.Linfo_string214:
	.asciz	"Leaf"
.Linfo_string215:
	.asciz	"Inner"
.Linfo_string216:
	.asciz	"Nested"
.Linfo_string217:
	.asciz	"in_shape"
.Linfo_string218:
	.asciz	"in_nothing"
.Linfo_string219:
	.asciz	"bits"
.Linfo_string220:
	.asciz	"int"
.Linfo_string221:
	.asciz	"real"
.Linfo_string222:
	.asciz	"f32"
.Linfo_string223:
	.asciz	"Bits"
.Linfo_string224:
	.asciz	"wrapped"
.Linfo_string225:
	.asciz	"Option<u8>"
.Linfo_string226:
	.asciz	"tag"
.Linfo_string227:
	.asciz	"Wrapper<core::option::Option<u8>>"
.Linfo_string228:
	.asciz	"wrapped_str"
.Linfo_string229:
	.asciz	"Wrapper<&str>"
.Linfo_string230:
	.asciz	"deep"
.Linfo_string231:
	.asciz	"never"
.Linfo_string232:
	.asciz	"closure"
.Linfo_string233:
	.asciz	"_ref__number"
.Linfo_string234:
	.asciz	"&i32"
.Linfo_string235:
	.asciz	"{closure_env#0}"
.Linfo_string236:
	.asciz	"enums"
.Linfo_string237:
	.asciz	"inclusive"
.Linfo_string238:
	.asciz	"yes"
.Linfo_string239:
	.asciz	"no"
.Linfo_string240:
	.asciz	"wide"
.Linfo_string241:
	.asciz	"smile"
.Linfo_string242:
	.asciz	"newline"
.Linfo_string243:
	.asciz	"byte"
.Linfo_string244:
	.asciz	"minus"
.Linfo_string245:
	.asciz	"half"
.Linfo_string246:
	.asciz	"large"
.Linfo_string247:
	.asciz	"huge"
.Linfo_string248:
	.asciz	"i128"
.Linfo_string249:
	.asciz	"single"
.Linfo_string250:
	.asciz	"unit"
.Linfo_string251:
	.asciz	"empty"
.Linfo_string252:
	.asciz	"Empty"
.Linfo_string253:
	.asciz	"text"
.Linfo_string254:
	.asciz	"empty_text"
.Linfo_string255:
	.asciz	"odd_text"
.Linfo_string256:
	.asciz	"many"
.Linfo_string257:
	.asciz	"nothing_array"
.Linfo_string258:
	.asciz	"one_tuple"
.Linfo_string259:
	.asciz	"(u8)"
.Linfo_string260:
	.asciz	"slice"
.Linfo_string261:
	.asciz	"&[i32]"
.Linfo_string262:
	.asciz	"slice_bytes"
.Linfo_string263:
	.asciz	"&[u8]"
.Linfo_string264:
	.asciz	"slice_points"
.Linfo_string265:
	.asciz	"&[rust_values::Point]"
.Linfo_string266:
	.asciz	"ref_int"
.Linfo_string267:
	.asciz	"ref_ref"
.Linfo_string268:
	.asciz	"&&rust_values::Point"
.Linfo_string269:
	.asciz	"mutable"
.Linfo_string270:
	.asciz	"&mut i32"
.Linfo_string271:
	.asciz	"raw"
.Linfo_string272:
	.asciz	"*const i32"
.Linfo_string273:
	.asciz	"raw_mut"
.Linfo_string274:
	.asciz	"*mut i32"
.Linfo_string275:
	.asciz	"null"
.Linfo_string276:
	.asciz	"some"
.Linfo_string277:
	.asciz	"Option<i32>"
.Linfo_string278:
	.asciz	"none"
.Linfo_string279:
	.asciz	"some_ref"
.Linfo_string280:
	.asciz	"Option<&rust_values::Point>"
.Linfo_string281:
	.asciz	"none_ref"
.Linfo_string282:
	.asciz	"some_str"
.Linfo_string283:
	.asciz	"Option<&str>"
.Linfo_string284:
	.asciz	"some_char"
.Linfo_string285:
	.asciz	"Option<char>"
.Linfo_string286:
	.asciz	"some_bool"
.Linfo_string287:
	.asciz	"Option<bool>"
.Linfo_string288:
	.asciz	"some_some"
.Linfo_string289:
	.asciz	"Option<core::option::Option<u8>>"
.Linfo_string290:
	.asciz	"some_none"
.Linfo_string291:
	.asciz	"red"
.Linfo_string292:
	.asciz	"green"
.Linfo_string293:
	.asciz	"blue"
.Linfo_string294:
	.asciz	"small"
.Linfo_string295:
	.asciz	"only"
.Linfo_string296:
	.asciz	"Only"
.Linfo_string297:
	.asciz	"Single"
.Linfo_string298:
	.asciz	"none_slice"
.Linfo_string299:
	.asciz	"raw_char"
.Linfo_string300:
	.asciz	"*const char"
.Linfo_string301:
	.asciz	"function"
.Linfo_string302:
	.asciz	"fn(i32, i32) -> i32"
.Linfo_string303:
	.asciz	"object"
.Linfo_string304:
	.asciz	"dyn rust_values::Area"
.Linfo_string305:
	.asciz	"&[usize; 4]"
.Linfo_string306:
	.asciz	"&dyn rust_values::Area"
.Linfo_string307:
	.asciz	"Range<i32>"
.Linfo_string308:
	.asciz	"ordering"
	.ident	"rustc version 1.95.0 (59807616e 2026-04-14)"
	.section	".note.GNU-stack","",@progbits
	.section	.debug_line,"",@progbits
.Lline_table_start0:
