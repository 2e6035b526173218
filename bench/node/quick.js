const care=require('../../bindings/node'); 
const native=require('../../bindings/node/lib/native.js');
const h=native.analyzers_new(native.pack_english());
const texts=["Sorry about the wait.","Your parcel leaves now","I am so sorry about the wait. I understand how frustrating this must be for you."];
const N=20000;
function time(f){for(let i=0;i<2000;i++)f();const t=process.hrtime.bigint();for(let i=0;i<N;i++)f();return Number(process.hrtime.bigint()-t)/N}
for(const text of texts){
const fs={
 empty:()=>native.empty_text(h,4,text,0,0,undefined),
 packed:()=>native.analyze_text(h,4,text,0,0,undefined),
 analyze:()=>care.analyze(text),
 has:()=>care.hasApology(text),
};
const r={};
for(let k=0;k<41;k++){native.timed();time(()=>native.timed_text(h,4,text,0,0,undefined));(r.C??=[]).push(native.timed()/(N+2000));for(const n in fs)(r[n]??=[]).push(time(fs[n]));(r.Cloop??=[]).push(native.time_text(h,4,text,0,0,undefined,N))}
const m={};for(const n in r)m[n]=r[n].sort((a,b)=>a-b)[20];
console.log(text,m,'analyze',(m.analyze-m.C)/m.empty,'packed',(m.packed-m.C)/m.empty,'has',(m.has-m.C)/m.empty);
}
const base=["Sorry about the wait.","I understand how frustrating this is.","Let me check that for you now.","It was fine.","We have moved to a new system recently.","ok"];
for(const M of [10000,100000]){
const many=Array.from({length:M},(_, i)=>Buffer.from(base[i%6]+" "+i).toString());
const {Chunks}=require('../../bindings/node/lib/batch.js');
const r={};
for(let k=0;k<21;k++){
 let t=process.hrtime.bigint(); const b=care.analyzeBatch(many); (r.batch??=[]).push(Number(process.hrtime.bigint()-t)/M);
 t=process.hrtime.bigint(); let s=0; for(const x of b)s+=x.length; (r.iterate??=[]).push(Number(process.hrtime.bigint()-t)/M);
 let c=0;native.timed(); const chunks=new Chunks(many,{},2048,1<<18); for(let x;x=chunks.take();)native.timed_joined(h,0,x.text,x.columns);c=native.timed(); (r.C??=[]).push(c/M);
 t=process.hrtime.bigint(); {const chunks=new Chunks(many,{},2048,1<<18); for(let x;x=chunks.take();); (r.take??=[]).push(Number(process.hrtime.bigint()-t)/M);}
 t=process.hrtime.bigint(); {const chunks=new Chunks(many,{},2048,1<<18); for(let x;x=chunks.take();)native.empty_joined(h,0,x.text,x.columns); (r.empty??=[]).push(Number(process.hrtime.bigint()-t)/M);}
}
const m={};for(const n in r)m[n]=r[n].sort((a,b)=>a-b)[10];
console.log(M,m,m.batch-m.C);
}
